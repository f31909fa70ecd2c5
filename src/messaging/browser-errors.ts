import { IpcError } from '../../ipc/errors.ts'

/** An intent named a tab that is not open (any more). */
export class UnknownTabError extends IpcError {
  constructor(tabId: string) {
    super('UNKNOWN_TAB', `There is no open tab "${tabId}". It may have been closed meanwhile.`)
  }
}

/** The process that was to be ended is not there (any more), or must not be ended. */
export class UnknownProcessError extends IpcError {
  constructor(processId: string) {
    super(
      'UNKNOWN_PROCESS',
      `There is no process "${processId}" that can be ended. It may have ended meanwhile.`,
    )
  }
}
