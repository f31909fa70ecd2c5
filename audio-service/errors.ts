import { IpcError } from '../ipc/errors.ts'

/** Samples that are no whole frames of the channels that were named. */
export class BadBlockError extends IpcError {
  constructor(channels: number) {
    super('AUDIO_BAD_BLOCK', `These samples are no whole frames of ${channels} channels`)
  }
}

export class NoSuchMixerError extends IpcError {
  constructor(mixer: number) {
    super('AUDIO_NO_SUCH_MIXER', `There is no mixer ${mixer}; it was closed, or the process began anew`)
  }
}

export class NoSuchSourceError extends IpcError {
  constructor() {
    super('AUDIO_NO_SUCH_SOURCE', 'This mixer has no source of that name')
  }
}

export class SourceExistsError extends IpcError {
  constructor() {
    super('AUDIO_SOURCE_EXISTS', 'This mixer has a source of that name already')
  }
}

/** What was asked for is not done by any encoder here. */
export class UnsupportedSoundError extends IpcError {
  constructor(message: string) {
    super('AUDIO_UNSUPPORTED', message)
  }
}

/** More at once than this process takes on. */
export class AudioBusyError extends IpcError {
  constructor(message: string) {
    super('AUDIO_BUSY', message, { retryable: true })
  }
}
