import type { SchedulingFacts } from '../../contracts/scheduling-for-chrome.ts'

/** What giving priorities does on this machine; `facts` are null until they are known. */
export function prioritiesEffect(facts: SchedulingFacts | null): string {
  const effect =
    'When the processor is busy, the tab that you look at goes before those behind it, and work in the background waits.'
  if (facts === null || facts.raisesAgain) return effect
  return 'When the processor is busy, helpers wait for pages. This system lets nobody but its administrator raise a priority again, so tabs are left as they are.'
}

/** What keeping work on cores of its own does on this machine, or why it cannot be had. */
export function affinityEffect(facts: SchedulingFacts | null): string {
  if (facts === null) return 'The page that you look at and the reader model do not meet on the same cores.'
  const { affinity } = facts
  switch (affinity.kind) {
    case 'available':
      return `The page that you look at and its drawing stay on ${coresOf(affinity.fast)}, the reader model on ${coresOf(affinity.batch)}. This steadies a page while much is read, and makes both slower when the other rests.`
    case 'tooFewCores':
      return affinity.count === 0
        ? 'The cores of this machine are not known.'
        : `With ${affinity.count === 1 ? 'one core' : `${affinity.count} cores`} it makes little sense: whoever is kept from one loses more than the others gain.`
    case 'noProgram':
      return 'Needs taskset, which is part of util-linux and is not installed here.'
    case 'notOnThisSystem':
      return 'This system offers programs no way to do it.'
  }
}

/** "core 3", "cores 0 to 3", "cores 0, 2 and 5". */
export function coresOf(cores: readonly number[]): string {
  const [first = 0] = cores
  const last = cores.at(-1) ?? first
  if (cores.length === 1) return `core ${first}`
  if (last - first === cores.length - 1) return `cores ${first} to ${last}`
  return `cores ${cores.slice(0, -1).join(', ')} and ${last}`
}
