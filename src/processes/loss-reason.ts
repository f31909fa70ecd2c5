import type { RenderProcessGoneDetails } from 'electron'

/** Why a renderer went, in the words of the process machine. */
export function lossReason(
  reason: RenderProcessGoneDetails['reason'],
): 'crashed' | 'killed' | 'outOfMemory' | 'launchFailed' {
  switch (reason) {
    case 'oom':
    case 'memory-eviction':
      return 'outOfMemory'
    case 'killed':
    case 'clean-exit':
      return 'killed'
    case 'launch-failed':
    case 'integrity-failure':
      return 'launchFailed'
    case 'crashed':
    case 'abnormal-exit':
      return 'crashed'
  }
}
