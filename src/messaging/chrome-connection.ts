import type { WebContents } from 'electron'
import { identity } from '../../ipc/identity.ts'
import { rendererTarget } from '../../ipc/target.ts'
import { chromeScheme } from '../security/chrome-scheme.ts'
import type { Switchboard } from './switchboard.ts'

/**
 * Gives the chrome UI its port when it says hello, and a new one after it was reloaded. Only its main frame, showing our
 * own scheme, is believed; whatever else says hello is not answered.
 */
export function connectChrome(contents: WebContents, switchboard: Switchboard, onGone: () => void): void {
  let admission: Disposable | null = null
  function drop(): void {
    if (admission === null) return
    admission[Symbol.dispose]()
    admission = null
    onGone()
  }
  contents.ipc.on('nexus/hello', event => {
    const frame = event.senderFrame
    if (frame === null || frame !== contents.mainFrame || !frame.url.startsWith(`${chromeScheme}://chrome/`))
      return
    drop()
    const target = rendererTarget(identity('chrome:1', 'chrome'), contents.id)
    admission = switchboard.admit(target, (introduction, port) => {
      if (!contents.isDestroyed()) contents.postMessage('nexus/introduction', introduction, [port])
    })
  })
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)
}
