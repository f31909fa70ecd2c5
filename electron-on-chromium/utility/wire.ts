/** What the main process tells a utility process, over the IPC channel between them. */
export type ToUtility =
  /** A socket, sent along, that is the carrier of the port with that token. */
  | { readonly kind: 'port'; readonly token: string; readonly backlog: Uint8Array }
  /** For `process.parentPort`. The ports named were sent before. */
  | { readonly kind: 'message'; readonly payload: Uint8Array; readonly tokens: readonly string[] }

/** What a utility process tells the main process. */
export type FromUtility =
  /** A socket, sent along: the carrier of a port that this process gives away under that token. */
  | { readonly kind: 'deposit'; readonly token: string; readonly backlog: Uint8Array }
  /** A token was read from a port; its socket is wanted. */
  | { readonly kind: 'claim'; readonly token: string }
  /** By `process.parentPort.postMessage`. */
  | { readonly kind: 'message'; readonly payload: Uint8Array }

/** Where the child finds what it must know before its first line of the application's code; removed at once. */
export const bootVariable = 'STANDIN_UTILITY_BOOT'

/** The content of `bootVariable`, as JSON. */
export interface UtilityBoot {
  /** `process.execArgv` as the application asked for it. */
  readonly execArgv: readonly string[]
}
