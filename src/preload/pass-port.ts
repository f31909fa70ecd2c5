import { ipcRenderer } from 'electron'

/**
 * What the preload of a page of ours does: it says hello, and hands the one port it is given on to the page's own world.
 * The page gets nothing else. Main checks who says hello.
 */
export function passPort(): void {
  ipcRenderer.on('nexus/introduction', (event, introduction: unknown) => {
    const port = event.ports[0]
    if (port !== undefined)
      window.postMessage(introduction, window.origin === 'null' ? '*' : window.origin, [port])
  })
  window.addEventListener('DOMContentLoaded', () => ipcRenderer.send('nexus/hello'), { once: true })
}
