import type { FromCompositor, ToCompositor } from '../../windowed/wire.ts'

declare global {
  /** DevTools' binding, by which messages leave the page. */
  var __compositorSend: (message: string) => void
  /** Called by the main process. */
  var __compositorReceive: (message: ToCompositor) => void
}

/** Tells the main process. */
export function tell(message: FromCompositor): void {
  globalThis.__compositorSend(JSON.stringify(message))
}

/** Takes what the main process says, once the page can. */
export function listen(listener: (message: ToCompositor) => void): void {
  globalThis.__compositorReceive = listener
  tell({ kind: 'ready' })
}
