import { describe, expect, it } from 'vitest'
import type { DownloadEntry, DownloadEntryState } from '../../contracts/downloads-for-chrome.ts'
import {
  countText,
  endWords,
  isSameChecksum,
  progressText,
  shareOf,
  sizeText,
  stateText,
} from './download-words.ts'

function entry(state: DownloadEntryState, changes: Partial<DownloadEntry> = {}): DownloadEntry {
  return {
    id: 'one',
    name: 'tides.pdf',
    url: 'https://sea.example/tides.pdf',
    site: 'sea.example',
    mimeType: 'application/pdf',
    state,
    size: 345_000_000,
    received: 214_000_000,
    sha256: null,
    canPause: true,
    canResume: false,
    isThere: true,
    isPrivate: false,
    startedAt: 0,
    endedAt: null,
    ...changes,
  }
}

const now = new Date(2026, 10, 20, 18)

describe('words for a download', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [4_100_000, '4.1 MB'],
    [345_000_000, '345 MB'],
    [1_500_000_000, '1.5 GB'],
  ])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))

  it('say how much of the whole has come', () => {
    expect(progressText(214_000_000, 345_000_000)).toBe('214 of 345 MB')
    expect(progressText(900_000, 2_100_000)).toBe('0.9 of 2.1 MB')
    expect(progressText(18_000_000, null)).toBe('18 MB')
  })

  it.each<[DownloadEntryState, Partial<DownloadEntry>, string]>([
    [{ kind: 'running', bytesPerSecond: 11_200_000, secondsLeft: 12 }, {}, '11.2 MB/s · 12 s left'],
    [{ kind: 'running', bytesPerSecond: 11_200_000, secondsLeft: null }, {}, '11.2 MB/s'],
    [{ kind: 'running', bytesPerSecond: 0, secondsLeft: null }, { received: 0 }, 'Connecting'],
    [{ kind: 'paused', by: 'person' }, {}, 'Paused by you'],
    [{ kind: 'held', danger: 'a program' }, {}, 'Held: a program'],
    [{ kind: 'completed' }, { isThere: false }, 'Moved or deleted'],
    [{ kind: 'failed', reason: 'Stopped: the disk is full' }, {}, 'Stopped: the disk is full'],
  ])('%j is said', (state, changes, text) => {
    expect(stateText(entry(state, changes), now)).toBe(text)
  })

  it('name the day of one that is done', () => {
    const done = (at: Date) => stateText(entry({ kind: 'completed' }, { endedAt: at.getTime() }), now)
    expect(done(new Date(2026, 10, 20, 13, 52))).toMatch(/^Today, /)
    expect(done(new Date(2026, 10, 19, 23, 59))).toMatch(/^Yesterday, /)
    expect(done(new Date(2026, 4, 3))).not.toMatch(/day, /)
  })

  it('count and announce', () => {
    const running = entry({ kind: 'running', bytesPerSecond: 1, secondsLeft: 1 })
    expect(countText([running, running, entry({ kind: 'paused', by: 'person' })])).toBe('2 running, 1 paused')
    expect(countText([entry({ kind: 'completed' })])).toBe('')
    expect(endWords(running)).toBeNull()
    expect(endWords(entry({ kind: 'completed' }))).toBe('tides.pdf is downloaded')
    expect(shareOf(running)).toBeCloseTo(0.62)
  })

  it('compare a checksum however it was pasted', () => {
    const sha = 'a'.repeat(64)
    expect(isSameChecksum(` SHA256: ${sha.toUpperCase()}  tides.pdf`, sha)).toBe(true)
    expect(isSameChecksum('b'.repeat(64), sha)).toBe(false)
    expect(isSameChecksum('aaaa', sha)).toBeNull()
  })
})
