import { EventEmitter } from 'node:events'
import type { MessagePortMain } from './message-port.ts'
import type { WebFrameMain } from './web-frame-main.ts'

/** What the messages of a page know of the web contents they came from. */
export interface IpcSender extends EventEmitter {
  readonly id: number
  getProcessId(): number
  isDestroyed(): boolean
}

export interface IpcMainInvokeEvent {
  readonly type: 'frame'
  readonly sender: IpcSender
  /** Null once the frame has gone. */
  readonly senderFrame: WebFrameMain | null
  readonly processId: number
  readonly frameId: number
  readonly defaultPrevented: boolean
  preventDefault(): void
}

export interface IpcMainEvent extends IpcMainInvokeEvent {
  readonly ports: MessagePortMain[]
  readonly reply: (channel: string, ...args: unknown[]) => void
  /** Setting it answers a synchronous message; only the first answer counts. */
  returnValue: unknown
}

type InvokeHandler = (event: IpcMainInvokeEvent, ...args: never[]) => unknown

/** Electron's IpcMain: the module's `ipcMain`, and the `ipc` of a web contents and of a frame. */
export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, InvokeHandler>()

  constructor() {
    super()
    // A page may send on the channel 'error': that must not throw in the main process.
    this.on('error', () => {})
  }

  handle(channel: string, listener: InvokeHandler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof listener !== 'function')
      throw new Error(`Expected handler to be a function, but found type '${typeof listener}'`)
    this.#handlers.set(channel, listener)
  }

  handleOnce(channel: string, listener: InvokeHandler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel)
      return listener(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** @internal */
  handlerOf(channel: string): InvokeHandler | undefined {
    return this.#handlers.get(channel)
  }
}

/** Electron's `ipcMain`. */
export const ipcMain: IpcMain = new IpcMain()
