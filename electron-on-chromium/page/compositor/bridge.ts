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

const bindingLookMs = 5

/** Takes what the main process says from now on. Resolves when it can be told things. */
export async function listen(listener: (message: ToCompositor) => void): Promise<void> {
  globalThis.__compositorReceive = listener
  // The page often runs before the main process has found it.
  while (typeof globalThis.__compositorSend !== 'function')
    await new Promise(resolve => setTimeout(resolve, bindingLookMs))
  tell({ kind: 'ready' })
}
