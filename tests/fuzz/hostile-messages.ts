import { kinds } from '../../ipc/message.ts'
import { hostileNumber, hostileText, hostileValue } from './hostile-values.ts'
import type { Random } from './random.ts'

export type Message = readonly unknown[]

/** Makes the messages of one hostile peer: true to the protocol, or almost. */
export class MessageMaker {
  readonly #random: Random
  #lastId = 0

  constructor(random: Random) {
    this.#random = random
  }

  /** As an honest peer might send it. */
  honest(): Message {
    const random = this.#random
    return random.pick([
      () => this.call(),
      () => this.call(),
      () => this.call(),
      () => [kinds.notification, 'guarded.note', { text: 'noted' }],
      () => [kinds.event, 'guarded.ticked', { count: random.below(100) }],
      () => [kinds.cancel, this.#pastId()],
      () => [kinds.itemDemand, this.#pastId(), random.below(500) + 1],
      () => [kinds.input, this.#pastId(), random.below(4) + 1, random.next()],
      () => [kinds.inputEnd, this.#pastId(), null],
    ])()
  }

  /** A call with arguments that fit, mostly. */
  call(): Message {
    const random = this.#random
    const [method, args] = random.pick(validCalls)
    const deadlineMs = random.pick([0, 1, 5_000, 86_400_000])
    const message = [kinds.request, this.nextId(), `guarded.${method}`, args, deadlineMs]
    // Work under a key is done to its end whoever goes away, so what has no end would be left over.
    return random.oneIn(6) && method !== 'hang' ? [...message, this.#extras()] : message
  }

  /** A call of a method that exists, with arguments that hardly ever fit. */
  wrongArgs(): Message {
    const random = this.#random
    const [method, args] = random.pick(validCalls)
    return [kinds.request, this.nextId(), `guarded.${method}`, this.#twisted(args), 5_000]
  }

  /** A call that a guest may not make, or of what is not there. */
  forbidden(): Message {
    const random = this.#random
    const name = random.pick([
      'guarded.forServices',
      'guarded.forServices',
      'guarded.constructor',
      'guarded.__proto__',
      'guarded.toString',
      'nexus.introduce',
      '__proto__.add',
      'guarded',
      'constructor.prototype',
    ])
    return [kinds.request, this.nextId(), name, random.pick([{}, { left: 1, right: 1 }, null]), 5_000]
  }

  /** An answer, report, item or demand about calls that the victim has made, or never made. */
  forged(): Message {
    const random = this.#random
    const id = random.oneIn(4) ? hostileNumber(random) : random.below(8) + 1
    return random.pick([
      () => [kinds.response, id, random.pick([3, null, 'text', hostileValue(random)]), 0, 0],
      () => [kinds.response, id, random.pick([3, 5]), hostileNumber(random), hostileNumber(random)],
      () => [kinds.failure, id, this.#error(), 0, 0],
      () => [kinds.progress, id, random.below(4) + 1, { at: random.below(4) }],
      () => [kinds.item, id, random.below(70) + 1, random.pick([1, hostileValue(random)])],
      () => [kinds.inputDemand, id, random.pick([1, 64, 1_000, 2 ** 53 - 1])],
      () => [kinds.event, 'guarded.whispered', {}],
      () => [kinds.event, 'guarded.ticked', { count: hostileValue(random) }],
    ])()
  }

  /** What governs the connection itself. */
  governing(): Message {
    const random = this.#random
    return random.pick([
      () => [kinds.hello, 2, random.pick([1, 1_000, 2 ** 53 - 1]), random.pick([0, 2 ** 53 - 1])],
      () => [kinds.hello, hostileNumber(random), 1_000, 0],
      () => [kinds.credit, random.pick([1, 999, 1_000, 2_000, 2 ** 53 - 1])],
      () => [kinds.credit, hostileNumber(random)],
      () => [kinds.goodbye, hostileValue(random)],
      () => [random.pick([7, 99, 104, 1_000, -1, 0.5, '100']), this.nextId(), hostileValue(random)],
    ])()
  }

  /** A message with a field that was exchanged, left out, added or moved. */
  mutated(message: Message): Message {
    const random = this.#random
    const copy = [...message]
    const at = random.below(copy.length)
    switch (random.below(5)) {
      case 0:
        copy.splice(at, 1)
        return copy
      case 1:
        copy.splice(at, 0, hostileValue(random))
        return copy
      case 2:
        copy[0] = random.pick(Object.values(kinds))
        return copy
      default:
        copy[at] = hostileValue(random)
        return copy
    }
  }

  /** The next number of a call; now and then one that was used, or far ahead. */
  nextId(): number {
    const random = this.#random
    if (random.oneIn(60)) return random.below(this.#lastId + 1)
    this.#lastId += random.oneIn(200) ? 1_000_000 : 1
    return this.#lastId
  }

  #pastId(): number {
    return this.#random.below(this.#lastId + 1) + 1
  }

  #extras(): unknown {
    const random = this.#random
    return random.pick([
      { priority: random.pick(['h', 'l', 'x', 1]) },
      { trace: random.pick([1, 2 ** 53 - 1, -1]), parent: random.pick([1, 2 ** 53 - 1, 0.5]) },
      { retry: random.pick([1, 2, 0]), repeatKey: `key-${random.below(3)}` },
      { repeatKey: random.pick(['', 'k'.repeat(64), 'k'.repeat(65), 7]) },
      hostileValue(random),
    ])
  }

  #error(): unknown {
    const random = this.#random
    const code = random.pick(['TIMEOUT', 'CANCELLED', 'OWN', '', 'lower', hostileText(random)])
    return random.pick([
      { code, message: hostileText(random), retryable: true, stack: hostileValue(random) },
      { code, message: hostileValue(random), retryable: 1 },
      hostileValue(random),
    ])
  }

  /** Arguments of which one part was exchanged. */
  #twisted(args: object): unknown {
    const random = this.#random
    const entries = Object.entries(args)
    if (entries.length === 0 || random.oneIn(4)) return hostileValue(random)
    const at = random.below(entries.length)
    return Object.fromEntries(
      entries.map(([name, value], index) => [name, index === at ? hostileValue(random) : value]),
    )
  }
}

const validCalls: readonly (readonly [method: string, args: object])[] = [
  ['add', { left: 1, right: 2 }],
  ['echo', { text: 'hello' }],
  ['say', { text: 'hello' }],
  ['file', { id: 7, tags: ['one', 'two'], mode: 'fast', note: 'short' }],
  ['file', { id: 7, tags: [], mode: 'slow' }],
  ['count', { items: [{ name: 'one', size: 1 }] }],
  ['keep', { data: new Uint8Array(16) }],
  ['numbers', { upTo: 3 }],
  ['numbers', { upTo: 1_000_000_000 }],
  ['sum', {}],
  ['steps', { upTo: 5 }],
  ['hang', {}],
  ['relay', { left: 2 }],
  ['forServices', {}],
]
