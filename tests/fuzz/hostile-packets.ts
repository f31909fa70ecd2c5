import { kinds } from '../../ipc/message.ts'
import { type Message, MessageMaker } from './hostile-messages.ts'
import { hostileValue } from './hostile-values.ts'
import type { Random } from './random.ts'

/** What a hostile peer sends in its life, packet by packet, before the victim has had enough. */
export interface HostileCase {
  readonly temper: string
  readonly packets: readonly unknown[]
}

type Temper = (random: Random, maker: MessageMaker, session: readonly Message[]) => unknown[]

/** Each tries something else; those that go unnoticed longest get furthest. */
const tempers: Readonly<Record<string, Temper>> = {
  rude: (random, maker) =>
    random.list(20, () => random.pick([rubbish(random), wrapped(random, anything(random, maker))])),
  wrong: (random, maker) =>
    random.list(30, () =>
      wrapped(
        random,
        random.list(random.below(4) + 1, () => maker.wrongArgs()),
      ),
    ),
  presumptuous: (random, maker) =>
    random.list(25, () =>
      wrapped(
        random,
        random.list(random.below(5) + 1, () => maker.forbidden()),
      ),
    ),
  forging: (random, maker) =>
    random.list(20, () => wrapped(random, [random.oneIn(3) ? maker.honest() : maker.forged()])),
  governing: (random, maker) =>
    random.list(15, () => wrapped(random, [random.oneIn(2) ? maker.honest() : maker.governing()])),
  almostHonest: (random, maker) =>
    random.list(40, () =>
      wrapped(
        random,
        random.list(random.below(4) + 1, () =>
          random.oneIn(12) ? maker.mutated(maker.honest()) : maker.honest(),
        ),
      ),
    ),
  replaying: (random, _maker, session) => {
    const from = random.below(Math.max(1, session.length - 40))
    const part = session.slice(random.oneIn(3) ? from : 0, from + 40)
    const mutator = new MessageMaker(random)
    return part.map(message => {
      if (!random.oneIn(8)) return wrapped(random, [message])
      return random.oneIn(2) ? flipped(random, [message]) : wrapped(random, [mutator.mutated(message)])
    })
  },
}

/** Much of the same. They count for many messages, so they come seldom, and leave room for those that say more. */
const massTempers: Readonly<Record<string, Temper>> = {
  flooding: (random, maker) => {
    const call = random.pick(['hang', 'add', 'sum', 'numbers'])
    const args = { hang: {}, sum: {}, add: { left: 1, right: 1 }, numbers: { upTo: 1_000_000 } }[call]
    const size = random.pick([1, 10, 100])
    const ask = (): Message => [kinds.request, maker.nextId(), `guarded.${call}`, args, 5_000]
    return random.list(Math.ceil(1_200 / size), () => text(random.list(size, ask)))
  },
  noting: random =>
    random.list(40, () => text(random.list(50, () => [kinds.notification, 'guarded.note', { text: 'x' }]))),
}

/** Costly for whoever sends them too, so they come rarely: what is large, deep, long or asks for slow searches. */
const heavyTempers: Readonly<Record<string, Temper>> = {
  large: (random, maker) => [
    text([[kinds.request, maker.nextId(), 'guarded.say', { text: 'a'.repeat(9_990_000) }, 5_000]]),
    text([[kinds.request, maker.nextId(), 'guarded.say', { text: 'é'.repeat(10_200_000) }, 5_000]]),
    [[kinds.request, maker.nextId(), 'guarded.keep', { data: new Uint8Array(10_000_001) }, 5_000]],
    [[kinds.notification, 'guarded.note', hostileValue(random)]],
  ],
  deep: () => [
    `[[100,1,"guarded.echo",${'['.repeat(400_000)}${']'.repeat(400_000)},5000]]`,
    `[[100,2,"guarded.echo",{"text":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}},5000]]`,
    `${'['.repeat(1_000_000)}`,
  ],
  long: (_random, maker) => {
    const items = Array.from({ length: 200_000 }, () => ({ name: 'n', size: 1 }))
    const last = [...items, { name: 'n', size: 'none' }]
    const tags = Array.from({ length: 500_000 }, () => 'tag')
    return [
      text([[kinds.request, maker.nextId(), 'guarded.count', { items }, 5_000]]),
      text([[kinds.request, maker.nextId(), 'guarded.count', { items: last }, 5_000]]),
      text([[kinds.request, maker.nextId(), 'guarded.file', { id: 1, tags, mode: 'fast' }, 5_000]]),
      text(Array.from({ length: 10_001 }, () => [kinds.cancel, 1])),
    ]
  },
  /** Many messages that wait their turn, and then others that have to be found among them. */
  crowding: () => [
    ...Array.from({ length: 10 }, () => text(Array.from({ length: 10_000 }, () => [kinds.itemDemand, 1, 1]))),
    text(Array.from({ length: 900 }, (_, index) => [kinds.request, index + 1, 'guarded.hang', {}, 5_000])),
    text(Array.from({ length: 10_000 }, (_, index) => [kinds.cancel, index + 1])),
  ],
  /** Asks for all the items of endless streams at once. */
  greedy: (_random, maker) => {
    const id = maker.nextId()
    return [
      text([[kinds.request, id, 'guarded.numbers', { upTo: 1_000_000_000 }, 5_000]]),
      text([[kinds.itemDemand, id, 2 ** 53 - 1]]),
      text(Array.from({ length: 8 }, (_, call) => [kinds.inputDemand, call + 1, 2 ** 53 - 1])),
    ]
  },
}

/** `session` is what an honest peer has said, for cases that twist it. */
export function hostileCase(random: Random, session: readonly Message[]): HostileCase {
  const choices = random.oneIn(1_000) ? heavyTempers : random.oneIn(60) ? massTempers : tempers
  const temper = random.pick(Object.keys(choices))
  const packets = choices[temper]?.(random, new MessageMaker(random), session) ?? []
  return { temper, packets }
}

export function heavyCases(): readonly string[] {
  return Object.keys(heavyTempers)
}

export function heavyCase(temper: string, random: Random): HostileCase {
  return { temper, packets: heavyTempers[temper]?.(random, new MessageMaker(random), []) ?? [] }
}

/** How many messages a packet claims to hold. */
export function messagesIn(packet: unknown): number {
  return Array.isArray(packet) ? Math.max(1, packet.length) : 1
}

function anything(random: Random, maker: MessageMaker): Message[] {
  const make = random.pick([
    () => maker.mutated(maker.honest()),
    () => maker.mutated(maker.forged()),
    () => maker.governing(),
    () => maker.forbidden(),
  ])
  return random.list(random.below(3) + 1, make)
}

/** No packet at all. */
function rubbish(random: Random): unknown {
  return random.pick([
    '',
    '[',
    '{}',
    '[[100,1,"guarded.add"',
    '[[[[[[',
    'null',
    '[null,1,"x",{},[]]',
    '\u0000\ud800',
    '[[100,1e999,"guarded.add",{"left":1,"right":1},1]]',
    '[{"0":100,"1":1,"length":2}]',
    hostileValue(random),
    [hostileValue(random), hostileValue(random)],
  ])
}

/** As text where JSON can carry it, and else, or now and then, as a list. */
function wrapped(random: Random, messages: readonly Message[]): unknown {
  if (random.oneIn(3)) return messages
  return text(messages)
}

function text(messages: readonly Message[]): unknown {
  try {
    return JSON.stringify(messages)
  } catch {
    // Cyclic, or a bigint.
    return messages
  }
}

/** The text of an honest packet with a character exchanged, or broken off. */
function flipped(random: Random, messages: readonly Message[]): unknown {
  const whole = text(messages)
  if (typeof whole !== 'string') return whole
  const at = random.below(whole.length)
  if (random.oneIn(3)) return whole.slice(0, at)
  return `${whole.slice(0, at)}${random.pick(['"', ',', '[', ']', '0', '9', '-', 'e', 'x'])}${whole.slice(at + 1)}`
}
