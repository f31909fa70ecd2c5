import type { Codec } from '../messaging/codec.ts'
import type { FromPage, SyncAnswer, ToPage } from '../messaging/page-wire.ts'
import { EventEmitter } from './event-emitter.ts'
import { PagePorts, randomId } from './page-ports.ts'

/** Something asked of the main process, whose answer is on its way. */
interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

/** The channel of one document to the main process. */
export class HostChannel {
  readonly codec: Codec
  readonly ports: PagePorts
  readonly #binding: (payload: string) => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  readonly #dialogPrefix: string

  /** Dialogs that begin with the prefix are the main process's to answer; the page cannot know it. */
  constructor(binding: (payload: string) => void, codec: Codec, dialogPrefix: string) {
    this.#binding = binding
    this.#dialogPrefix = dialogPrefix
    this.codec = codec
    this.ports = new PagePorts(codec, message => this.tell(message))
  }

  tell(message: FromPage): void {
    this.#binding(JSON.stringify(message))
  }

  /** Sends a question; the message is made with the question's number. */
  ask(question: (id: number) => FromPage): Promise<unknown> {
    const id = ++this.#lastId
    this.tell(question(id))
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
    })
  }

  /** Blocks until the main process answers: the browser holds the page still while a dialog is open. */
  askSync(question: (token: string) => FromPage): unknown {
    const token = `${this.#dialogPrefix}:${randomId()}`
    this.tell(question(token))
    const text = prompt(token)
    if (text === null)
      throw new Error('A synchronous message was not answered: this document may not open dialogs now')
    return this.codec.decode((JSON.parse(text) as SyncAnswer).tree)
  }

  answered(message: Extract<ToPage, { kind: 'reply' }>): void {
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if ('error' in message) pending?.reject(this.codec.decode(message.error))
    else pending?.resolve(this.codec.decode(message.tree))
  }
}

/** Electron's ipcRenderer. */
export class IpcRenderer extends EventEmitter {
  readonly #host: HostChannel

  constructor(host: HostChannel) {
    super()
    this.#host = host
  }

  send(channel: string, ...args: unknown[]): void {
    this.#host.tell({ kind: 'send', channel: checkedChannel(channel), tree: this.#host.codec.encode(args) })
  }

  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const tree = this.#host.codec.encode(args)
    checkedChannel(channel)
    try {
      return await this.#host.ask(id => ({ kind: 'invoke', id, channel, tree }))
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`)
    }
  }

  sendSync(channel: string, ...args: unknown[]): unknown {
    const tree = this.#host.codec.encode(args)
    checkedChannel(channel)
    return this.#host.askSync(token => ({ kind: 'sendSync', token, channel, tree }))
  }

  postMessage(channel: string, message: unknown, transfer?: readonly MessagePort[]): void {
    checkedChannel(channel)
    const list: readonly unknown[] = transfer ?? []
    if (!Array.isArray(list) || !list.every(port => port instanceof MessagePort))
      throw new TypeError('Invalid value for transfer')
    const tree = this.#host.codec.encode(message)
    const ports = list.map(port => this.#host.ports.give(port as MessagePort))
    this.#host.tell({ kind: 'postMessage', channel, tree, ports })
  }

  sendToHost(_channel: string, ..._args: unknown[]): void {
    throw new Error('ipcRenderer.sendToHost is not supported by electron-on-chromium: it has no <webview>')
  }
}

function checkedChannel(channel: unknown): string {
  if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
  return channel
}

/** Delivers what the main process sends to this document. */
export function deliver(message: ToPage, host: HostChannel, ipcRenderer: IpcRenderer): void {
  switch (message.kind) {
    case 'send': {
      const args = host.codec.decode(message.tree) as readonly unknown[]
      ipcRenderer.emit(message.channel, ipcEvent(ipcRenderer, []), ...args)
      return
    }
    case 'postMessage': {
      const ports = message.ports.map(id => host.ports.receive(id))
      ipcRenderer.emit(message.channel, ipcEvent(ipcRenderer, ports), host.codec.decode(message.tree))
      return
    }
    case 'reply':
      host.answered(message)
      return
    case 'portMessage':
      host.ports.message(message.port, message.tree, message.ports)
      return
    case 'portClose':
      host.ports.close(message.port)
      return
  }
}

/** Electron gives an event with `sender` and `ports`. */
function ipcEvent(sender: IpcRenderer, ports: readonly MessagePort[]): object {
  const event = {
    sender,
    ports,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true
    },
  }
  return event
}
