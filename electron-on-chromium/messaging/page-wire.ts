/**
 * What crosses the DevTools channel between a document's preload world and the main process, as JSON. `tree` is a
 * value made by the codec. This module holds types only: it is shared by both sides.
 */

/** By the binding, from the page. */
export type FromPage =
  /** The first message of every document. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'send'; readonly channel: string; readonly tree: unknown }
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly tree: unknown }
  /** The answer is given to the dialog whose message is the token. */
  | { readonly kind: 'sendSync'; readonly token: string; readonly channel: string; readonly tree: unknown }
  | {
      readonly kind: 'postMessage'
      readonly channel: string
      readonly tree: unknown
      readonly ports: readonly string[]
    }
  | {
      readonly kind: 'portMessage'
      readonly port: string
      readonly tree: unknown
      readonly ports: readonly string[]
    }
  | { readonly kind: 'portClose'; readonly port: string }
  | { readonly kind: 'preloadError'; readonly path: string; readonly tree: unknown }
  | { readonly kind: 'frame'; readonly id: number; readonly method: FrameMethod; readonly tree: unknown }

/** What `webFrame` asks of the main process. */
export type FrameMethod =
  | 'executeJavaScript'
  | 'executeJavaScriptInIsolatedWorld'
  | 'setZoomLevel'
  | 'setZoomFactor'
  | 'setIsolatedWorldInfo'
  | 'clearCache'
  /** Make a world of that number and put the page's half of a bridge there, under that event type. */
  | 'openWorld'

/** To the page, by a call into its preload world. */
export type ToPage =
  | { readonly kind: 'send'; readonly channel: string; readonly tree: unknown }
  | { readonly kind: 'reply'; readonly id: number; readonly tree: unknown; readonly error?: unknown }
  | {
      readonly kind: 'postMessage'
      readonly channel: string
      readonly tree: unknown
      readonly ports: readonly string[]
    }
  | {
      readonly kind: 'portMessage'
      readonly port: string
      readonly tree: unknown
      readonly ports: readonly string[]
    }
  | { readonly kind: 'portClose'; readonly port: string }

/** The answer to a synchronous message, as the text typed into its dialog. */
export interface SyncAnswer {
  readonly tree: unknown
}

/** What the preload world of a document is told before it starts. */
export interface WorldSettings {
  /** The type of the event by which the two halves find each other. */
  readonly handshake: string
  /** The name of the binding to the main process; removed from the world's globals at once. */
  readonly binding: string
  /** The name of the global by which the main process calls in. */
  readonly receiver: string
  readonly runsInSubFrames: boolean
  readonly isContextIsolated: boolean
  readonly frameId: string
  readonly process: Readonly<Record<string, unknown>>
}
