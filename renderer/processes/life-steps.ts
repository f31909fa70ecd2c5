import type { LaunchStep, LifecycleEntry, LifecycleState } from '../../contracts/processes.ts'
import { stateWord } from './process-state.ts'
import { stepWords } from './sandbox-words.ts'

/** One line of a life: a step of the launch, or a state that the process came into. */
export interface LifeStep {
  readonly at: number
  readonly words: string
  /** Null for a step of the launch. */
  readonly state: LifecycleState | null
  readonly cause: string | null
  /** Since the step before; null for the first. */
  readonly afterMs: number | null
}

/**
 * The latest launch step by step, and the latest states, in the order in which they came: `most` of them, of which the
 * launch is always there.
 */
export function lifeSteps(
  processId: string,
  timeline: readonly LifecycleEntry[],
  launch: readonly LaunchStep[],
  most: number,
): readonly LifeStep[] {
  const states = timeline
    .filter(entry => entry.processId === processId)
    .map(({ at, state, cause }) => ({ at, words: stateWord(state), state, cause }))
    .slice(-Math.max(1, most - launch.length))
  const steps = launch.map(({ step, at }) => ({ at, words: stepWords(step), state: null, cause: null }))
  return [...states, ...steps]
    .sort((one, other) => one.at - other.at)
    .map((step, index, all) => ({
      ...step,
      afterMs: index === 0 ? null : step.at - (all[index - 1]?.at ?? 0),
    }))
}
