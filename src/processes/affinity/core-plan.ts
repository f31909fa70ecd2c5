import type { ProcessKind } from '../../../contracts/processes.ts'

/** One core as the scheduler counts them. */
export interface Core {
  readonly id: number
  /** How fast it is beside the others, in any unit; the same for all where nobody tells. */
  readonly speed: number
}

export type CorePlan =
  /** With so few, whoever is kept from one of them is slowed down by half. */
  | { readonly kind: 'tooFew'; readonly count: number }
  | {
      readonly kind: 'shared'
      /** For what the person looks at, and what draws it. */
      readonly fast: readonly number[]
      /** For work that nobody looks at. */
      readonly batch: readonly number[]
      readonly all: readonly number[]
    }

const fewestCores = 3

/** Splits the cores: the faster ones, or the first half where all are alike, and the others. */
export function planCores(cores: readonly Core[]): CorePlan {
  if (cores.length < fewestCores) return { kind: 'tooFew', count: cores.length }
  const bySpeed = cores.toSorted((one, other) => other.speed - one.speed || one.id - other.id)
  const [first] = bySpeed
  const faster = bySpeed.filter(core => core.speed === first?.speed).length
  const isMixed = faster < cores.length
  const split = isMixed ? faster : Math.ceil(cores.length / 2)
  return {
    kind: 'shared',
    fast: idsOf(bySpeed.slice(0, split)),
    batch: idsOf(bySpeed.slice(split)),
    all: idsOf(bySpeed),
  }
}

/** Which cores a process is for; null leaves the choice to the system. */
export function groupOf(process: {
  readonly kind: ProcessKind
  readonly isInView: boolean
}): 'fast' | 'batch' | null {
  switch (process.kind) {
    case 'gpu':
      return 'fast'
    case 'tab':
      return process.isInView ? 'fast' : null
    case 'ai':
      return 'batch'
    case 'controller':
    case 'chrome':
    case 'compositor':
    case 'network':
    case 'storage':
    case 'audio':
    case 'engine':
      return null
  }
}

function idsOf(cores: readonly Core[]): number[] {
  return cores.map(core => core.id).sort((one, other) => one - other)
}
