import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** The engine's own function, once it was asked for; null where it does not give it. */
let collect: ((options: object) => unknown) | null | undefined

/**
 * Collects all garbage of this thread now. Takes some ten milliseconds, in which nothing else runs: for when memory is
 * short. False where the engine does not let itself be asked.
 */
export function collectGarbage(): boolean {
  collect ??= obtain()
  if (collect === null) return false
  // More than one round, and code that has not run for long goes too.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  return true
}

/** A new context gets `gc` while the flag is set; ours, and whatever is loaded into it, never has it. */
function obtain(): ((options: object) => unknown) | null {
  setFlagsFromString('--expose-gc')
  try {
    const found: unknown = runInNewContext('globalThis.gc')
    return typeof found === 'function' ? options => Reflect.apply(found, undefined, [options]) : null
  } finally {
    setFlagsFromString('--no-expose-gc')
  }
}
