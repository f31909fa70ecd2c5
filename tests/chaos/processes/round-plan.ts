import { randomFrom } from '../../bench/storage/random.ts'

export type ServiceTarget = 'storage' | 'network' | 'ai' | 'audio' | 'compositor'

/** When a service is struck: the state that its process is in. */
export type ServiceMoment = 'created' | 'ready' | 'active' | 'idle' | 'suspended' | 'restarting'

/** What one round does. */
export type Deed =
  /** One blow: by force, by an end of its own with code 0, or by SIGTERM. */
  | {
      readonly kind: 'service'
      readonly target: ServiceTarget
      readonly moment: ServiceMoment
      readonly blow: 'kill' | 'exit' | 'terminate'
    }
  /** Five blows in a row, each as soon as it is back. */
  | { readonly kind: 'loop'; readonly target: ServiceTarget | 'chrome' | 'tab' }
  /** Until it is given up; then the person restarts it. */
  | { readonly kind: 'giveUp'; readonly target: ServiceTarget }
  /** It takes more memory than it may. */
  | { readonly kind: 'hog'; readonly target: 'storage' | 'network' | 'audio' | 'tab' }
  | { readonly kind: 'chrome'; readonly moment: 'created' | 'active' }
  | { readonly kind: 'tab'; readonly moment: 'loading' | 'active' | 'idle' | 'suspended' | 'crashed' }
  | { readonly kind: 'frame' }
  | { readonly kind: 'gpu' }
  /** The engine's own network service. */
  | { readonly kind: 'engine' }
  /** In the middle of writes, or while it is being started; or what it starts is killed while it begins. */
  | { readonly kind: 'main'; readonly blow: 'kill' | 'quit' | 'pause' | 'killWhileStarting' | 'strikeStart' }
  /** Several stand still at once, and are noticed side by side. */
  | { readonly kind: 'hang' }

export interface Round {
  /** From 1. */
  readonly number: number
  readonly deed: Deed
  /** Numbers of its own, so that a round is the same wherever a run begins. */
  readonly random: () => number
}

const services: readonly ServiceTarget[] = ['storage', 'network', 'ai', 'audio', 'compositor']
const main: readonly Deed[] = (
  ['kill', 'kill', 'kill', 'quit', 'pause', 'killWhileStarting', 'strikeStart'] as const
).map(blow => ({ kind: 'main', blow }))

function momentsOf(target: ServiceTarget): readonly ServiceMoment[] {
  // The book knows the process of a page some time after it answered, too late to strike it when it just has.
  if (target === 'compositor') return ['created', 'active', 'idle', 'restarting']
  const moments: readonly ServiceMoment[] = ['created', 'ready', 'active', 'idle', 'restarting']
  return target === 'ai' || target === 'audio' ? [...moments, 'suspended'] : moments
}

/** Each once, in an order of its own for each turn; what happens more often in life stands more than once. */
const deck: readonly Deed[] = [
  ...services.flatMap(target =>
    momentsOf(target).flatMap((moment): Deed[] => [
      { kind: 'service', target, moment, blow: 'kill' },
      // The compositor is a page: it has no exit code to end with.
      { kind: 'service', target, moment, blow: target === 'compositor' ? 'terminate' : 'exit' },
    ]),
  ),
  ...services.flatMap((target): Deed[] => [
    { kind: 'loop', target },
    { kind: 'giveUp', target },
  ]),
  { kind: 'loop', target: 'chrome' },
  { kind: 'loop', target: 'tab' },
  ...(['storage', 'network', 'audio', 'tab'] as const).map((target): Deed => ({ kind: 'hog', target })),
  { kind: 'chrome', moment: 'created' },
  { kind: 'chrome', moment: 'active' },
  { kind: 'chrome', moment: 'active' },
  ...(['loading', 'active', 'idle', 'suspended', 'crashed', 'active', 'loading'] as const).map(
    (moment): Deed => ({ kind: 'tab', moment }),
  ),
  { kind: 'frame' },
  { kind: 'gpu' },
  { kind: 'engine' },
  ...main,
  { kind: 'hang' },
]

/** One of each kind, so that a short run has seen all of them. */
const opening: readonly Deed[] = [
  { kind: 'service', target: 'storage', moment: 'active', blow: 'kill' },
  { kind: 'tab', moment: 'active' },
  { kind: 'service', target: 'network', moment: 'active', blow: 'kill' },
  { kind: 'chrome', moment: 'active' },
  { kind: 'service', target: 'audio', moment: 'idle', blow: 'exit' },
  { kind: 'frame' },
  { kind: 'main', blow: 'kill' },
  { kind: 'service', target: 'ai', moment: 'active', blow: 'kill' },
  { kind: 'service', target: 'compositor', moment: 'created', blow: 'kill' },
  { kind: 'gpu' },
  { kind: 'engine' },
  { kind: 'loop', target: 'storage' },
]

/** The same rounds for the same seed. */
export function roundPlan(seed: number, rounds: number): readonly Round[] {
  const plan: Round[] = []
  let waiting: Deed[] = [...opening]
  for (let number = 1; number <= rounds; number += 1) {
    if (waiting.length === 0) waiting = shuffled(deck, randomFrom(seed + number))
    const deed = waiting.shift()
    if (deed !== undefined) plan.push({ number, deed, random: randomFrom(seed * 7 + number) })
  }
  return plan
}

export function wordsOf(deed: Deed): string {
  const { kind, ...rest } = deed
  return [kind, ...Object.values(rest)].join(' ')
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map(item => ({ item, place: random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
