import type { ProcessExit } from '../../controller/process-machine.ts'
import type { EndCause } from './known-process.ts'

/** Why a process ended, in a few words for the time line. What we know of it goes before what the system says. */
export function endWords(exit: ProcessExit | null, cause: EndCause | null): string | null {
  if (cause !== null) return causeWords(cause)
  return exit === null ? null : exitWords(exit)
}

function causeWords(cause: EndCause): string {
  switch (cause.kind) {
    case 'memoryLimit':
      return 'memory limit'
    case 'hung':
      return 'did not answer'
    case 'person':
      return 'ended by you'
    case 'rest':
      return 'not needed now'
  }
}

function exitWords({ reason, exitCode }: ProcessExit): string {
  switch (reason) {
    case 'clean':
      return 'ended by itself'
    case 'crashed':
      return `crashed, exit code ${exitCode}`
    case 'killed':
      return 'killed'
    case 'outOfMemory':
      return 'out of memory'
    case 'launchFailed':
      return 'did not start'
  }
}
