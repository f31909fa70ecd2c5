import type { ProcessPriority } from '../../../contracts/processes.ts'
import type { KnownProcess } from '../book/known-process.ts'

/** What a process should be given by what it does now; null leaves it as it is. */
export function rolePriority(
  { kind, isInView }: Pick<KnownProcess, 'kind' | 'isInView'>,
  isAiAwaited: boolean,
): ProcessPriority | null {
  switch (kind) {
    case 'controller':
      return 'critical'
    case 'chrome':
    case 'compositor':
    case 'gpu':
      return 'high'
    case 'tab':
      return isInView ? 'high' : 'normal'
    // Every page waits for it, that in view too: lower, and a busy tab behind would hold up the one in front.
    case 'network':
      return 'normal'
    // Every page needs them, and what the zygotes among them have, later pages are born with.
    case 'engine':
      return null
    case 'storage':
    case 'audio':
      return 'low'
    case 'ai':
      return isAiAwaited ? 'normal' : 'background'
  }
}

const order: readonly ProcessPriority[] = ['background', 'low', 'normal', 'high', 'critical']

/** The next one that a person may give: what is critical is not theirs to give. Null at the end. */
export function neighbourOf(priority: ProcessPriority, direction: 'raise' | 'lower'): ProcessPriority | null {
  const next = order[order.indexOf(priority) + (direction === 'raise' ? 1 : -1)]
  return next === undefined || next === 'critical' ? null : next
}
