import { createBridgeEnd } from './bridge-end.ts'

/**
 * The main world's half, run at document start before any script of the page. It waits for the other half, which
 * runs right after it in the preload's world and still before the page: a page that knows the event's name can
 * neither hear it nor be heard. In frames without a preload nothing is installed.
 */
export function installMainWorld(handshake: string, runsInSubFrames: boolean): void {
  if (!runsInSubFrames && window.top !== window) return
  window.addEventListener(
    handshake,
    event => {
      event.stopImmediatePropagation()
      createBridgeEnd((event as MouseEvent).relatedTarget as Element, 'page')
    },
    { once: true, capture: true },
  )
}
