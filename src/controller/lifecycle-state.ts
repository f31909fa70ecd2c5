import type { LifecycleState } from '../../contracts/processes.ts'
import type { ProcessSnapshot } from './process-machine.ts'

/** The word that the process tree shows for a machine's state. */
export function lifecycleState(snapshot: Pick<ProcessSnapshot, 'value'>): LifecycleState {
  const { value } = snapshot
  if (typeof value === 'object') return value.running
  switch (value) {
    case 'created':
    case 'crashed':
    case 'restarting':
    case 'failed':
    case 'terminated':
      return value
    case 'retiring':
      return 'idle'
    case 'awaitingPerson':
      return 'crashed'
  }
}
