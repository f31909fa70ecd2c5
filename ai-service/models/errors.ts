import { IpcError } from '../../ipc/errors.ts'

export type ModelUnavailableCode =
  | 'MANIFEST_MISSING'
  | 'MANIFEST_DAMAGED'
  | 'MODEL_MISSING'
  | 'MODEL_DAMAGED'
  | 'RUNTIME_FAILED'

/** A model cannot be used. The message names the file and a way out, and may be shown to a person. */
export class ModelUnavailableError extends IpcError {
  declare readonly code: ModelUnavailableCode

  constructor(code: ModelUnavailableCode, message: string, options?: ErrorOptions) {
    super(code, message, options)
  }
}
