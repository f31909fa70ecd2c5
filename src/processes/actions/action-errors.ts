import { IpcError } from '../../../ipc/errors.ts'

/** What was asked cannot be done with this process now; the message says why. */
export class ActionNotPossibleError extends IpcError {
  constructor(reason: string) {
    super('ACTION_NOT_POSSIBLE', reason)
  }
}
