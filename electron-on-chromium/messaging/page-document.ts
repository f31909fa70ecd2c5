import { randomUUID } from 'node:crypto'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { nodeCodec } from './node-codec.ts'
import type { ToPage } from './page-wire.ts'
import { type Carrier, type CarrierSink, connect, type Delivery, Pipe } from './pipe.ts'

/** One document with a preload world, from its start until it is replaced. */
export class PageDocument {
  readonly frameId: string
  readonly #session: DevToolsSession
  readonly #contextId: number
  readonly #receiver: string
  readonly #carriers = new Map<string, PageCarrier>()
  readonly #worlds = new Map<number, Promise<unknown>>()
  #isGone = false

  constructor(session: DevToolsSession, frameId: string, contextId: number, receiver: string) {
    this.#session = session
    this.frameId = frameId
    this.#contextId = contextId
    this.#receiver = receiver
  }

  get isGone(): boolean {
    return this.#isGone
  }

  isOf(session: DevToolsSession, contextId: number): boolean {
    return this.#session === session && this.#contextId === contextId
  }

  isOfSession(session: DevToolsSession): boolean {
    return this.#session === session
  }

  /** Remembers that a world is being made ready for what runs in it. */
  opensWorld(worldId: number, isOpen: Promise<unknown>): void {
    this.#worlds.set(worldId, isOpen)
  }

  async worldOpened(worldId: number): Promise<void> {
    await this.#worlds.get(worldId)?.catch(() => {})
  }

  tell(message: ToPage): void {
    if (this.#isGone) return
    this.#session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (message) { globalThis[${JSON.stringify(this.#receiver)}](message) }`,
        executionContextId: this.#contextId,
        arguments: [{ value: JSON.stringify(message) }],
      })
      // The document went away meanwhile; its end is told by an event of its own.
      .catch(() => {})
  }

  /** Sends a message that names ports; what was kept for the ports follows it. */
  tellWithPorts(ports: readonly Pipe[], message: (ids: readonly string[]) => ToPage): void {
    const given = ports.map(pipe => ({ pipe, carrier: this.#newCarrier(randomUUID()) }))
    this.tell(message(given.map(({ carrier }) => carrier.id)))
    for (const { pipe, carrier } of given) connect(pipe, carrier)
  }

  /** An end that the page gave away. */
  receivePort(id: string): Pipe {
    return Pipe.over(this.#newCarrier(id))
  }

  portMessage(id: string, tree: unknown, ports: readonly string[]): void {
    this.#carriers.get(id)?.deliver({
      data: nodeCodec.decode(tree),
      ports: ports.map(port => this.receivePort(port)),
    })
  }

  portClosed(id: string): void {
    const carrier = this.#carriers.get(id)
    this.#carriers.delete(id)
    carrier?.closed()
  }

  /** @internal The main process closed its end. */
  closePort(id: string): void {
    if (this.#carriers.delete(id)) this.tell({ kind: 'portClose', port: id })
  }

  /** The document is gone: every port it held is closed. */
  end(): void {
    if (this.#isGone) return
    this.#isGone = true
    const carriers = [...this.#carriers.values()]
    this.#carriers.clear()
    for (const carrier of carriers) carrier.closed()
  }

  #newCarrier(id: string): PageCarrier {
    const carrier = new PageCarrier(id, this)
    this.#carriers.set(id, carrier)
    // A port sent to a document that has just gone is closed at once.
    if (this.#isGone) queueMicrotask(() => this.portClosed(id))
    return carrier
  }
}

/** Carries the messages of one port between a document and the main process. */
class PageCarrier implements Carrier {
  readonly kind = 'remote'
  readonly id: string
  readonly #document: PageDocument
  #sink: CarrierSink | null = null
  #early: Delivery[] = []
  #isClosed = false

  constructor(id: string, document: PageDocument) {
    this.id = id
    this.#document = document
  }

  send(data: unknown, ports: readonly Pipe[]): void {
    const tree = nodeCodec.encode(data)
    this.#document.tellWithPorts(ports, ids => ({ kind: 'portMessage', port: this.id, tree, ports: ids }))
  }

  open(sink: CarrierSink): void {
    this.#sink = sink
    for (const delivery of this.#early.splice(0)) sink.deliver(delivery)
    if (this.#isClosed) sink.closed()
  }

  close(): void {
    this.#sink = null
    this.#document.closePort(this.id)
  }

  deliver(delivery: Delivery): void {
    if (this.#sink) this.#sink.deliver(delivery)
    else this.#early.push(delivery)
  }

  closed(): void {
    this.#isClosed = true
    this.#sink?.closed()
  }
}
