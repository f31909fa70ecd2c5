import type { PageProblem } from '../../contracts/browser.ts'

/**
 * Sorts the engine's network errors into what a person can understand.
 * @see https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
 */
export function pageProblem(errorCode: number, errorName: string, url: string): PageProblem {
  return {
    kind: problemKind(errorCode),
    code: errorName === '' ? `ERR_${Math.abs(errorCode)}` : errorName.slice(0, 200),
    url: url.slice(0, 65_000),
    host: (URL.parse(url)?.host ?? '').slice(0, 500),
  }
}

/** A navigation that the person or the page broke off, or that became a download, is no failure. */
export const abortedErrorCode = -3

function problemKind(errorCode: number): PageProblem['kind'] {
  if (errorCode <= -200 && errorCode > -300) return 'certificate'
  switch (errorCode) {
    case -105:
    case -137:
      return 'hostNotFound'
    case -100:
    case -101:
    case -102:
    case -104:
    case -324:
      return 'refused'
    case -7:
    case -118:
      return 'timedOut'
    case -106:
    case -21:
    case -109:
      return 'offline'
    case -130:
      return 'networkStopped'
    case -20:
    case -22:
    case -27:
    case -312:
      return 'blocked'
    case -107:
    case -113:
    case -117:
      return 'certificate'
    case -300:
    case -301:
    case -302:
      return 'badAddress'
    default:
      return 'other'
  }
}
