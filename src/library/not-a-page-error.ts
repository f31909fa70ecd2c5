import { IpcError } from '../../ipc/errors.ts'

/** There is nothing in the tab that could be kept. */
export class NotAPageError extends IpcError {
  constructor() {
    super('NOT_A_PAGE', 'This tab shows no page that could be kept.')
  }
}
