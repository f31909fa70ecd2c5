import type { LifecycleState } from '../../contracts/processes.ts'

/** Whether nothing runs there now. */
export function isStopped(state: LifecycleState): boolean {
  switch (state) {
    case 'suspended':
    case 'crashed':
    case 'failed':
    case 'terminated':
      return true
    case 'created':
    case 'ready':
    case 'active':
    case 'idle':
    case 'restarting':
      return false
  }
}

/** As it is called to a person. */
export function stateWord(state: LifecycleState): string {
  return state === 'terminated' ? 'ended' : state
}
