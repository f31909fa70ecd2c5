import { IpcError } from '../../ipc/errors.ts'

/** What was asked for does not fit what the tab shows (any more), or may not be done. */
export class NotOfferedError extends IpcError {
  constructor(what: string) {
    super('NOT_OFFERED', `${what} Look at the page again.`)
  }
}
