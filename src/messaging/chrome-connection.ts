import type { WebContents } from 'electron'
import { type Identity, identity } from '../../ipc/identity.ts'
import { rendererTarget } from '../../ipc/target.ts'
import { chromeScheme, type OwnPage } from '../security/chrome-scheme.ts'
import type { Switchboard } from './switchboard.ts'

export interface OwnPageConnection {
  readonly contents: WebContents
  /** The page that it shows; whatever else says hello is not answered. */
  readonly page: OwnPage
  readonly identity: Identity
  readonly switchboard: Switchboard
  /** The page has its port: what is called from now on reaches it. */
  readonly onConnected?: () => void
  readonly onGone: () => void
}

/** Gives the chrome UI its port when it says hello, and a new one after it was reloaded. */
export function connectChrome(
  contents: WebContents,
  switchboard: Switchboard,
  { onConnected, onGone }: { readonly onConnected: () => void; readonly onGone: () => void },
): void {
  const chrome = identity('chrome:1', 'chrome')
  connectOwnPage({ contents, page: 'chrome', identity: chrome, switchboard, onConnected, onGone })
}

/**
 * Gives a page of ours its port when it says hello, and a new one each time that it was loaded again. Only its main frame,
 * showing our own scheme, is believed.
 */
export function connectOwnPage(options: OwnPageConnection): void {
  const { contents, switchboard } = options
  let admission: Disposable | null = null
  function drop(): void {
    if (admission === null) return
    admission[Symbol.dispose]()
    admission = null
    options.onGone()
  }
  contents.ipc.on('nexus/hello', event => {
    const frame = event.senderFrame
    const origin = `${chromeScheme}://${options.page}/`
    if (frame === null || frame !== contents.mainFrame || !frame.url.startsWith(origin)) return
    drop()
    const target = rendererTarget(options.identity, contents.id)
    admission = switchboard.admit(target, (introduction, port) => {
      if (!contents.isDestroyed()) contents.postMessage('nexus/introduction', introduction, [port])
    })
    options.onConnected?.()
  })
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)
}
