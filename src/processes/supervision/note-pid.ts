import type { Actor } from 'xstate'
import type { Clock } from '../../../ipc/clock.ts'
import type { processMachine } from '../../controller/process-machine.ts'

/** A page speaks to us before the engine says which process it runs in; it is asked again so often in short order. */
const quickAttempts = 50
const againAfterMs = 100
/** While another process hangs, the engine may not say for longer. */
const laterAfterMs = 2_000

/** Tells a machine which process it is about, as soon as the engine knows. Disposing calls it off. */
export function notePid(
  actor: Actor<typeof processMachine>,
  pid: () => number | null,
  clock: Clock,
): Disposable {
  const at = clock.wallClock()
  let timer: Disposable | null = null
  function tell(attempt: number): void {
    const known = pid()
    if (known !== null) actor.send({ type: 'spawned', pid: known, at })
    else timer = clock.after(attempt < quickAttempts ? againAfterMs : laterAfterMs, () => tell(attempt + 1))
  }
  tell(1)
  return { [Symbol.dispose]: () => timer?.[Symbol.dispose]() }
}
