/**
 * An Electron API that the stand-in does not make, or cannot make on stock Chromium. The message names the API
 * and says why, so that an application never runs on with half of what it asked for.
 */
export class UnsupportedApiError extends Error {
  readonly code = 'ERR_STANDIN_UNSUPPORTED'
  /** As in Electron's documentation, e.g. `session.setProxy`. */
  readonly api: string
  constructor(api: string, reason: string) {
    super(`${api} is not supported by electron-on-chromium: ${reason}`)
    this.name = 'UnsupportedApiError'
    this.api = api
  }
}

/** A method that throws UnsupportedApiError when it is called; to stand where Electron declares one. */
export function unsupported(api: string, reason: string): () => never {
  return () => {
    throw new UnsupportedApiError(api, reason)
  }
}
