import { IpcError } from '../../ipc/errors.ts'
import { NotReplayable } from '../../ipc/recording/player.ts'
import { decodeValue, encodeValue, type Json } from '../../ipc/recording/recorded-value.ts'

/** What came of a replayed call; see `control.replay`. */
export type ReplayResult =
  | { status: 'ok'; resultJson: string }
  | { status: 'error'; code: string; message: string }

/**
 * Makes one recorded call and tells what came of it as data, so that an error of the service is not taken for one of
 * the replay. Rejects with NOT_REPLAYABLE.
 */
export async function replayCall(
  call: (method: string, args: unknown) => Promise<unknown>,
  method: string,
  argsJson: string,
): Promise<ReplayResult> {
  let args: unknown
  try {
    args = decodeValue(JSON.parse(argsJson) as Json)
  } catch {
    throw new NotReplayable('its arguments cannot be read')
  }
  try {
    return { status: 'ok', resultJson: JSON.stringify(encodeValue(await call(method, args))) }
  } catch (error) {
    if (error instanceof NotReplayable) throw error
    const known = error instanceof IpcError ? error : new IpcError('HANDLER_ERROR', String(error))
    return { status: 'error', code: known.code, message: known.message }
  }
}
