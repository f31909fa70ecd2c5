import type { EventEmitter } from 'node:events'

/** What sessions need to know of a webContents. */
export interface WebContentsLike extends EventEmitter {
  readonly id: number
}

/** What sessions need of the rest of the stand-in; given once, at boot. */
export interface SessionHost {
  /** The webContents whose page has that DevTools target, or null for pages that nobody was told about. */
  webContentsOfTarget(targetId: string): WebContentsLike | null
  /** Emits an event of `app`; the first argument is an Electron event with `preventDefault()`. */
  emitOnApp(event: string, ...args: readonly unknown[]): void
  /** True when the application listens to that event of `app`. */
  isListenedOnApp(event: string): boolean
  /** `app.getPath('downloads')`. */
  downloadsPath(): string
  /** `app.getPath('userData')`: where the default session lies. */
  userDataPath(): string
}
