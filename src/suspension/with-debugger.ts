import type { WebContents } from 'electron'

/** Says something to the engine about a page. Rejects as the engine does. */
export type Send = (method: string, args: object) => Promise<unknown>

/** Speaks to the engine about a page for as long as the work takes. Leaves a debugger of somebody else alone. */
export async function withDebugger<T>(contents: WebContents, work: (send: Send) => Promise<T>): Promise<T> {
  if (contents.isDestroyed()) throw new Error('The page is gone')
  const { debugger: engine } = contents
  const isOurs = !engine.isAttached()
  if (isOurs) engine.attach()
  try {
    return await work((method, args) => engine.sendCommand(method, args))
  } finally {
    if (isOurs && !contents.isDestroyed() && engine.isAttached()) engine.detach()
  }
}
