import {
  type IpcMain,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type IpcSender,
  ipcMain,
} from './ipc-main.ts'
import type { MessagePortMain } from './message-port.ts'
import type { WebFrameMain } from './web-frame-main.ts'

/** Where a page's message came from, and who may hear it before `ipcMain`. */
export interface IpcSource {
  readonly sender: IpcSender
  readonly contentsIpc: IpcMain
  readonly frame: WebFrameMain
}

function emittersOf({ frame, contentsIpc }: IpcSource): readonly IpcMain[] {
  return [frame.ipc, contentsIpc, ipcMain]
}

class FrameEvent implements IpcMainInvokeEvent {
  readonly type = 'frame'
  readonly sender: IpcSender
  readonly frameId: number
  defaultPrevented = false
  readonly #frame: WebFrameMain

  constructor({ sender, frame }: IpcSource) {
    this.sender = sender
    this.frameId = frame.routingId
    this.#frame = frame
  }

  /** Asked for when it is read: a message may come before the process of a new page is known. */
  get processId(): number {
    return this.#frame.processId
  }

  get senderFrame(): WebFrameMain | null {
    return this.#frame.isDestroyed() ? null : this.#frame
  }

  preventDefault(): void {
    this.defaultPrevented = true
  }
}

class MessageFromFrame extends FrameEvent implements IpcMainEvent {
  readonly ports: MessagePortMain[]
  readonly reply: (channel: string, ...args: unknown[]) => void
  readonly #answer: ((value: unknown) => void) | null
  #isAnswered = false

  constructor(source: IpcSource, ports: MessagePortMain[], answer: ((value: unknown) => void) | null) {
    super(source)
    this.ports = ports
    this.#answer = answer
    this.reply = (channel, ...args) => source.frame.send(channel, ...args)
  }

  get returnValue(): unknown {
    return undefined
  }

  set returnValue(value: unknown) {
    if (this.#isAnswered) return
    this.#answer?.(value)
    this.#isAnswered = true
  }
}

/** `ipcRenderer.send`: heard by the web contents, the frame, the web contents' ipc and ipcMain, in that order. */
export function dispatchSend(source: IpcSource, channel: string, args: readonly unknown[]): void {
  const event = new MessageFromFrame(source, [], null)
  source.sender.emit('ipc-message', event, channel, ...args)
  for (const emitter of emittersOf(source)) emitter.emit(channel, event, ...args)
}

/** `ipcRenderer.sendSync`. Nobody who listens never answers, as in Electron; nobody at all answers undefined. */
export function dispatchSendSync(
  source: IpcSource,
  channel: string,
  args: readonly unknown[],
  answer: (value: unknown) => void,
): void {
  const event = new MessageFromFrame(source, [], answer)
  const emitters = emittersOf(source)
  const isHeard =
    source.sender.listenerCount('ipc-message-sync') > 0 ||
    emitters.some(each => each.listenerCount(channel) > 0)
  if (!isHeard) {
    console.warn(
      `WebContents #${source.sender.id} called ipcRenderer.sendSync() with '${channel}' channel without listeners.`,
    )
    answer(undefined)
    return
  }
  source.sender.emit('ipc-message-sync', event, channel, ...args)
  for (const emitter of emitters) emitter.emit(channel, event, ...args)
}

/** `ipcRenderer.postMessage`. */
export function dispatchPostMessage(
  source: IpcSource,
  channel: string,
  message: unknown,
  ports: MessagePortMain[],
): void {
  const event = new MessageFromFrame(source, ports, null)
  for (const emitter of emittersOf(source)) emitter.emit(channel, event, message)
}

/** `ipcRenderer.invoke`: the first handler that is registered answers. Rejects when there is none. */
export async function dispatchInvoke(
  source: IpcSource,
  channel: string,
  args: readonly unknown[],
): Promise<unknown> {
  const handler = emittersOf(source)
    .map(emitter => emitter.handlerOf(channel))
    .find(candidate => candidate !== undefined)
  if (!handler) throw new Error(`No handler registered for '${channel}'`)
  return handler(new FrameEvent(source), ...(args as never[]))
}
