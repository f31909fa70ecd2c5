import type { Messages } from '../transports/messages.ts'

/**
 * The little of Electron that the peers built on it use, over our own messages: `ipcMain.handle` and `on`, and an
 * `ipcRenderer` that invokes and sends. What Electron's real transport costs is not in it, so figures are upper bounds.
 */
type Handler = (event: { readonly sender: null }, ...args: never[]) => unknown

const handlers = new Map<string, Handler>()
const listeners = new Map<string, Handler>()
const event = { sender: null }

export const ipcMain = {
  handle: (channel: string, handler: Handler) => void handlers.set(channel, handler),
  on: (channel: string, listener: Handler) => void listeners.set(channel, listener),
}

/** Nobody here uses the one of the module; peers are handed their own. */
export const ipcRenderer = null

type Posted =
  | { readonly id: number; readonly channel: string; readonly args: readonly never[] }
  | { readonly channel: string; readonly args: readonly never[] }

type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string }

/** Main's side: what arrives goes to the handlers and listeners of `ipcMain`. */
export function attachMain(messages: Messages): void {
  messages.onMessage(async (posted: Posted) => {
    if (!('id' in posted)) {
      listeners.get(posted.channel)?.(event, ...posted.args)
      return
    }
    try {
      const result = await handlers.get(posted.channel)?.(event, ...posted.args)
      messages.post({ id: posted.id, result } satisfies Reply)
    } catch (error) {
      messages.post({ id: posted.id, error: String(error) } satisfies Reply)
    }
  })
}

/** The renderer's side of the same messages. */
export function createIpcRenderer(messages: Messages) {
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  messages.onMessage((reply: Reply) => {
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) call?.reject(new Error(reply.error))
    else call?.resolve(reply.result)
  })
  return {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        messages.post({ id: lastId, channel, args })
      }),
    send: (channel: string, ...args: unknown[]): void => messages.post({ channel, args }),
  }
}
