import { expect, it } from 'vitest'
import { RecoveryTimes } from './recovery-times.ts'

const entry = (at: number, state: 'crashed' | 'restarting' | 'created' | 'ready' | 'idle' | 'failed') => ({
  at,
  processId: 'service:storage',
  kind: 'storage' as const,
  state,
})

it('measures from the end that main saw to the answer, and tells the first from those soon after', () => {
  const times = new RecoveryTimes()
  times.follow([
    entry(0, 'ready'),
    entry(1_000, 'crashed'),
    entry(1_000, 'restarting'),
    entry(1_010, 'created'),
  ])
  times.follow([entry(1_300, 'ready'), entry(1_301, 'idle')])
  times.follow([entry(5_000, 'crashed'), entry(5_000, 'restarting'), entry(5_900, 'ready')])
  times.follow([entry(70_000, 'crashed'), entry(70_100, 'ready')])
  expect(times.recoveries).toEqual([
    { kind: 'storage', milliseconds: 300, isFirst: true },
    { kind: 'storage', milliseconds: 900, isFirst: false },
    { kind: 'storage', milliseconds: 100, isFirst: true },
  ])
  expect(times.percentiles()).toEqual([
    { name: 'storage', count: 2, p50: 100, p95: 300, p99: 300, longest: 300 },
    { name: 'storage, again', count: 1, p50: 900, p95: 900, p99: 900, longest: 900 },
  ])
})

it('counts from the last of several ends, and not at all what was given up', () => {
  const times = new RecoveryTimes()
  times.follow([entry(0, 'crashed'), entry(50, 'created'), entry(400, 'crashed'), entry(500, 'ready')])
  times.follow([entry(600, 'crashed'), entry(600, 'failed'), entry(9_000, 'ready')])
  expect(times.recoveries).toEqual([{ kind: 'storage', milliseconds: 100, isFirst: false }])
})
