import { type Clock, systemClock } from '../../ipc/clock.ts'
import { IpcError } from '../../ipc/errors.ts'

/** On a machine that has much to do at once, the storage process alone may take ten seconds to begin. */
const patienceMs = 40_000
const pauseMs = 50

/**
 * Reads what a start needs, and reads it again when the storage process died or was late meanwhile: what is on the disk
 * is there still. Rejects as `load` does for any other reason, when storage is given up, and after forty seconds.
 */
export async function repeatLoad<Loaded>(
  load: (remainingMs: number) => Promise<Loaded>,
  clock: Clock = systemClock,
): Promise<Loaded> {
  const giveUpAt = clock.now() + patienceMs
  for (;;) {
    try {
      return await load(giveUpAt - clock.now())
    } catch (error) {
      if (!isPassing(error) || clock.now() >= giveUpAt) throw error
    }
    await new Promise<void>(resolve => clock.after(pauseMs, resolve))
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof IpcError && (error.code === 'PROCESS_TERMINATED' || error.code === 'TIMEOUT')
}
