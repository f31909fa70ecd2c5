import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import type { WebContents } from './web-contents.ts'

/** What a web contents asks of the bridge into its page (messaging/) when it makes or adopts a page. */
export interface PageBridgeOptions {
  /** The page's session. All commands must be sent at once, without awaiting: the page may be waiting. */
  readonly session: DevToolsSession
  readonly webContents: WebContents
  /** Absolute path of the preload, or null. Its source is read anew by the bridge. */
  readonly preloadPath: string | null
  /** Further preloads registered with the session, in order. */
  readonly sessionPreloadPaths: readonly string[]
  readonly isContextIsolated: boolean
  readonly isSandboxed: boolean
  readonly runsInSubFrames: boolean
  /** A page that a page opened has a document already, which is the only one it may ever have. */
  readonly runsInPresentDocument: boolean
}

export interface ExecuteOptions {
  /** 0: the page's own world; 999: the preload's; anything else an isolated world of its own. */
  readonly worldId: number
  /** null: the main frame. */
  readonly frameId: string | null
  readonly hasUserGesture: boolean
}

/** The bridge into one page, for as long as its target lives (over navigations and crashes). */
export interface PageBridge {
  /** Resolves when the preloads of the page's first document have begun; at once when there are none. */
  readonly begun: Promise<void>
  send(frameId: string | null, channel: string, args: readonly unknown[]): void
  postMessage(frameId: string | null, channel: string, message: unknown, ports: readonly unknown[]): void
  executeJavaScript(code: string, options: ExecuteOptions): Promise<unknown>
  /** A frame of another site was attached below this page; it waits, and must be answered without awaiting. */
  attachFrame(session: DevToolsSession, info: Protocol.Target.TargetInfo): void
  /** The page is gone for good. */
  dispose(): void
}

export type AttachPageBridge = (options: PageBridgeOptions) => PageBridge

/** @internal Whether a dialog of the page is the bridge's own device for synchronous messages. */
export interface DialogTaker {
  takesDialog?(dialog: Protocol.Page.JavascriptDialogOpeningEvent): boolean
}

let attachBridge: AttachPageBridge | null = null

/** @internal Called once, by the start. */
export function setAttachPageBridge(attach: AttachPageBridge): void {
  attachBridge = attach
}

/** @internal */
export function attachPageBridge(options: PageBridgeOptions): PageBridge & DialogTaker {
  if (!attachBridge) throw new Error('No page bridge was installed')
  return attachBridge(options)
}
