import { clone } from './serializer.ts'

/** A message on its way: a value that the receiver owns, and the pipe ends that travel with it. */
export interface Delivery {
  readonly data: unknown
  readonly ports: readonly Pipe[]
}

/** Who takes the messages of a pipe end. */
export interface PipeReceiver {
  message(delivery: Delivery): void
  /** Once, after the last message: the other end was closed, or its process is gone. */
  closed(): void
}

/** What brings the messages of one pipe end to the other end, wherever that lives. */
export interface Carrier {
  readonly kind: 'local' | 'socket' | 'remote'
  /** Throws `An object could not be cloned.`, and then takes nothing. Takes over the ports otherwise. */
  send(data: unknown, ports: readonly Pipe[]): void
  /** From now on incoming messages are wanted. Called once. */
  open(sink: CarrierSink): void
  close(): void
}

export interface CarrierSink {
  deliver(delivery: Delivery): void
  closed(): void
}

type Arrival = Delivery | 'closed'

/**
 * One end of an entangled pair. Messages that arrive while nobody receives are kept, in order. The end can change
 * its carrier (`splice`) while the other one does not notice: this is how a port moves to another process.
 */
export class Pipe implements CarrierSink {
  #carrier: Carrier | null
  #isOpen = false
  #receiver: PipeReceiver | null = null
  #arrivals: Arrival[] = []
  #scheduledCount = 0
  #outbox: Delivery[] | null = null
  #isClosing = false
  readonly #bound = Promise.withResolvers<void>()

  private constructor(carrier: Carrier | null) {
    this.#carrier = carrier
    if (carrier) this.#bound.resolve()
  }

  static over(carrier: Carrier): Pipe {
    return new Pipe(carrier)
  }

  /** An end whose carrier is not there yet: it takes messages already and sends them once `bind` is called. */
  static pending(): Pipe {
    const pipe = new Pipe(null)
    pipe.#outbox = []
    return pipe
  }

  /** Two ends entangled within this process. */
  static pair(): readonly [Pipe, Pipe] {
    const first = new Pipe(null)
    const second = Pipe.over(new LocalCarrier(first))
    first.#carrier = new LocalCarrier(second)
    first.#bound.resolve()
    return [first, second]
  }

  /** The carrier, or null when the end is closed or still pending. */
  get carrier(): Carrier | null {
    return this.#carrier
  }

  get isPending(): boolean {
    return this.#outbox !== null
  }

  /** Resolves when the end is pending no more. */
  whenBound(): Promise<void> {
    return this.#bound.promise
  }

  /** Sends, or drops the message when the end is closed. Throws when the data cannot be cloned. */
  send(data: unknown, ports: readonly Pipe[] = []): void {
    if (this.#outbox) this.#outbox.push({ data: clone(data), ports })
    else if (this.#carrier) this.#carrier.send(data, ports)
    else for (const port of ports) port.close()
  }

  /** Starts delivery: first what was kept, each message in a turn of its own. */
  receive(receiver: PipeReceiver): void {
    this.#receiver = receiver
    this.#open()
    const missing = this.#arrivals.length - this.#scheduledCount
    for (let index = 0; index < missing; index++) this.#schedule()
  }

  /** Stops delivery; messages are kept again. */
  pause(): void {
    this.#receiver = null
  }

  close(): void {
    if (this.#outbox) this.#isClosing = true
    this.#receiver = null
    this.#carrier?.close()
    this.#carrier = null
    for (const arrival of this.#arrivals)
      if (arrival !== 'closed') for (const port of arrival.ports) port.close()
    this.#arrivals = []
  }

  /** The carrier of a pending end has arrived (null: it was lost). */
  bind(carrier: Carrier | null): void {
    const outbox = this.#outbox
    if (!outbox) throw new TypeError('only a pending pipe can be bound')
    this.#outbox = null
    this.#carrier = carrier
    this.#bound.resolve()
    for (const { data, ports } of outbox) this.send(data, ports)
    if (this.#isClosing) this.close()
    else if (!carrier) this.closed()
    else if (this.#receiver) this.#open()
  }

  /** Gives up the carrier and what has not been delivered. The end is closed for its holder afterwards. */
  surrender(): { readonly carrier: Carrier | null; readonly arrivals: readonly Arrival[] } {
    const surrendered = { carrier: this.#carrier, arrivals: this.#arrivals }
    this.#receiver = null
    this.#carrier = null
    this.#arrivals = []
    return surrendered
  }

  /** Puts another carrier in place of the present one. */
  splice(carrier: Carrier | null): void {
    this.#carrier = carrier
    this.#isOpen = false
    if (!carrier) this.closed()
    else if (this.#receiver) this.#open()
  }

  deliver(delivery: Delivery): void {
    this.#arrivals.push(delivery)
    this.#schedule()
  }

  closed(): void {
    this.#carrier = null
    this.#arrivals.push('closed')
    this.#schedule()
  }

  #open(): void {
    if (this.#isOpen || !this.#carrier) return
    this.#isOpen = true
    this.#carrier.open(this)
  }

  // Every message has a turn of its own, as in Electron: what awaits one message can listen for the next.
  #schedule(): void {
    if (!this.#receiver) return
    this.#scheduledCount++
    setImmediate(() => {
      this.#scheduledCount--
      const receiver = this.#receiver
      if (!receiver) return
      const arrival = this.#arrivals.shift()
      if (arrival === undefined) return
      if (arrival === 'closed') receiver.closed()
      else receiver.message(arrival)
    })
  }
}

/** Carries messages to a pipe end of this process. */
export class LocalCarrier implements Carrier {
  readonly kind = 'local'
  readonly peer: Pipe

  constructor(peer: Pipe) {
    this.peer = peer
  }

  send(data: unknown, ports: readonly Pipe[]): void {
    this.peer.deliver({ data: clone(data), ports })
  }

  open(): void {}

  close(): void {
    this.peer.closed()
  }
}

/** Passes everything from one end to another and back; used where a carrier cannot be handed over. */
export function relay(first: Pipe, second: Pipe): void {
  const forwardTo = (target: Pipe): PipeReceiver => ({
    message: ({ data, ports }) => target.send(data, ports),
    closed: () => target.close(),
  })
  first.receive(forwardTo(second))
  second.receive(forwardTo(first))
}

/**
 * Lets an end go on over another carrier. When its other end is in this process the two are joined directly;
 * otherwise this process passes the messages on.
 */
export function connect(pipe: Pipe, carrier: Carrier): void {
  pipe.pause()
  if (!(pipe.carrier instanceof LocalCarrier) && (pipe.carrier || pipe.isPending)) {
    relay(pipe, Pipe.over(carrier))
    return
  }
  const { carrier: local, arrivals } = pipe.surrender()
  for (const arrival of arrivals) if (arrival !== 'closed') carrier.send(arrival.data, arrival.ports)
  if (local instanceof LocalCarrier) local.peer.splice(carrier)
  else carrier.close()
}
