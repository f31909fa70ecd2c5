import { describe, expect, it } from 'vitest'
import { pageProblem } from './page-problem.ts'

describe('the engine’s network errors', () => {
  it.each([
    [-105, 'ERR_NAME_NOT_RESOLVED', 'hostNotFound'],
    [-102, 'ERR_CONNECTION_REFUSED', 'refused'],
    [-324, 'ERR_EMPTY_RESPONSE', 'refused'],
    [-118, 'ERR_CONNECTION_TIMED_OUT', 'timedOut'],
    [-106, 'ERR_INTERNET_DISCONNECTED', 'offline'],
    [-200, 'ERR_CERT_COMMON_NAME_INVALID', 'certificate'],
    [-202, 'ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    [-107, 'ERR_SSL_PROTOCOL_ERROR', 'certificate'],
    [-20, 'ERR_BLOCKED_BY_CLIENT', 'blocked'],
    [-300, 'ERR_INVALID_URL', 'badAddress'],
    [-310, 'ERR_TOO_MANY_REDIRECTS', 'other'],
  ] as const)('sorts %i %s as %s', (code, name, kind) => {
    expect(pageProblem(code, name, 'https://example.test:8443/x')).toEqual({
      kind,
      code: name,
      url: 'https://example.test:8443/x',
      host: 'example.test:8443',
    })
  })

  it('keeps the number where the engine has no name', () => {
    expect(pageProblem(-999, '', 'not an address')).toMatchObject({ code: 'ERR_999', host: '' })
  })
})
