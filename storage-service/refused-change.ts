import { IpcError } from '../ipc/errors.ts'

type RefusalCode = 'BOOKMARK_NOT_FOUND' | 'BOOKMARK_REFUSED' | 'LIST_NOT_FOUND' | 'BACKUP_FAILED'

/** What was asked for does not fit what is stored. Thrown before anything was changed. */
export class RefusedChange extends IpcError {
  declare readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(code, message)
  }
}
