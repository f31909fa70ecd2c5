import { IpcError } from '../ipc/errors.ts'

/** The page holds no words, so there is nothing to understand. */
export class NothingToReadError extends IpcError {
  constructor() {
    super('NOTHING_TO_READ', 'This page has no text to read.')
  }
}
