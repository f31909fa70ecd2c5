import { describe, expect, it } from 'vitest'
import { netErrorFromReason, netErrorFromText } from './net-errors.ts'

describe('net errors', () => {
  it('are numbered as Chromium numbers them', () => {
    expect([
      netErrorFromText('net::ERR_CERT_AUTHORITY_INVALID'),
      netErrorFromReason('NameNotResolved'),
      netErrorFromText('something else'),
    ]).toEqual([
      { code: -202, description: 'ERR_CERT_AUTHORITY_INVALID' },
      { code: -105, description: 'ERR_NAME_NOT_RESOLVED' },
      { code: -2, description: 'ERR_FAILED' },
    ])
  })
})
