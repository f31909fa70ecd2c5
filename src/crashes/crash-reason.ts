import type { EndCause } from '../processes/book/known-process.ts'

/** Why a process ended, for its record; null for an end that was meant to be. `said` is what the system said. */
export function crashReason(cause: EndCause | null, said: string): string | null {
  switch (cause?.kind) {
    case 'memoryLimit':
      return 'memory limit'
    case 'hung':
      return 'did not answer'
    case 'person':
    case 'rest':
      return null
    case undefined:
      return said
  }
}
