import { describe, expect, it } from 'vitest'
import { IpcError } from '../errors.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { RecordedSession, secret } from '../testing/recorded-session.ts'
import { NotReplayable, type ReplayedCall, replay } from './player.ts'
import { callsTo } from './recorded-calls.ts'

describe('a player', () => {
  /** Three calls, one of them redacted, and one without an answer; a second and a half apart. */
  function recorded(): RecordedSession {
    const session = new RecordedSession()
    session.request(1, 'library.count', { shelf: 'a' })
    session.response(1, 12)
    session.clock.advance(1_500)
    session.request(2, 'library.find', { title: 'Emma' })
    session.response(2, { url: secret, year: 1815, tookMs: 2 })
    session.clock.advance(1_500)
    session.request(3, 'library.unlock', { password: secret })
    session.response(3, { key: secret })
    session.request(4, 'library.count', { shelf: 'b' })
    session.failure(4, 'NO_SHELF', 'There is no shelf b')
    session.request(5, 'library.count', { shelf: 'c' })
    session.out({ kind: 'cancel', id: 5 })
    // To somebody else, in the other direction.
    session.in({
      kind: 'request',
      id: 1,
      name: 'hub.introduce',
      args: {},
      deadlineMs: 1,
      priority: 'high',
      retryCount: 0,
      traceId: 0,
    })
    session.recorder.end()
    return session
  }

  function shown(outcomes: readonly ReplayedCall[]): unknown[] {
    return outcomes.map(outcome => {
      const id = outcome.call.id.split('#')[1]
      if (outcome.kind === 'skipped') return [id, outcome.kind, outcome.reason]
      return outcome.kind === 'different' ? [id, outcome.kind, outcome.differences] : [id, outcome.kind]
    })
  }

  async function answerAsRecorded(name: string, args: unknown): Promise<unknown> {
    if (name === 'library.find') return { url: 'http://elsewhere/', year: 1815, tookMs: 9_000 }
    if (JSON.stringify(args).includes('"a"')) return 12
    throw new IpcError('NO_SHELF', 'There is no such shelf')
  }

  it('makes the calls to one process again, in order, and finds the same', async () => {
    const session = recorded()
    const made: unknown[] = []
    const outcomes = await replay({
      calls: callsTo('library', session.entries()),
      call: (name, args) => {
        made.push([name, args])
        return answerAsRecorded(name, args)
      },
      pacing: 'none',
      clock: session.clock,
    })
    expect(made).toEqual([
      ['library.count', { shelf: 'a' }],
      ['library.find', { title: 'Emma' }],
      ['library.count', { shelf: 'b' }],
      ['library.count', { shelf: 'c' }],
    ])
    expect(shown(outcomes)).toEqual([
      ['1', 'same'],
      ['2', 'same'],
      ['3', 'skipped', 'its arguments were redacted'],
      ['4', 'same'],
      ['5', 'notCompared'],
    ])
  })

  it('reports where something else comes of it', async () => {
    const session = recorded()
    const outcomes = await replay({
      calls: callsTo('library', session.entries()),
      call: async (name, args) => {
        if (name === 'library.find') return { url: 'x', year: 1816, tookMs: 1, isLent: true }
        if (JSON.stringify(args).includes('"b"')) throw new IpcError('BURNT', 'All shelves are gone')
        if (JSON.stringify(args).includes('"c"')) throw new NotReplayable('library.count writes')
        throw new IpcError('TIMEOUT', 'Too late')
      },
      pacing: 'none',
      clock: session.clock,
    })
    expect(shown(outcomes)).toEqual([
      ['1', 'different', [{ path: 'status', recorded: 'ok', replayed: 'timeout TIMEOUT' }]],
      [
        '2',
        'different',
        [
          { path: 'result/year', recorded: 1815, replayed: 1816 },
          { path: 'result/isLent', recorded: undefined, replayed: true },
        ],
      ],
      ['3', 'skipped', 'its arguments were redacted'],
      ['4', 'different', [{ path: 'error/code', recorded: 'NO_SHELF', replayed: 'BURNT' }]],
      ['5', 'skipped', 'library.count writes'],
    ])
  })

  it('keeps the pace of the session when asked to', async () => {
    const session = recorded()
    const clock = new SimulatedClock()
    const times: number[] = []
    const playing = replay({
      calls: callsTo('library', session.entries()),
      // Nothing is answered: the pace does not depend on it.
      call: () => {
        times.push(clock.now())
        return new Promise((_, reject) => clock.after(10_000, () => reject(new IpcError('TIMEOUT', ''))))
      },
      pacing: 'original',
      clock,
    })
    for (let turn = 0; turn < 200; turn += 1) {
      for (let step = 0; step < 5; step += 1) await Promise.resolve()
      clock.advance(100)
    }
    await playing
    expect(times).toEqual([0, 1_500, 3_000, 3_000])
  })

  it('stops when told to, without waiting for its next call', async () => {
    const session = recorded()
    const clock = new SimulatedClock()
    const controller = new AbortController()
    const playing = replay({
      calls: callsTo('library', session.entries()),
      call: async () => 12,
      pacing: 'original',
      clock,
      signal: controller.signal,
    })
    await Promise.resolve()
    controller.abort(new IpcError('CANCELLED', 'Enough'))
    await expect(playing).rejects.toMatchObject({ code: 'CANCELLED' })
    expect(clock.timers).toBe(0)
  })

  it('leaves calls that came with a stream alone', () => {
    const session = new RecordedSession()
    session.request(1, 'library.count', { shelf: 'a' })
    session.out({ kind: 'input', id: 1, index: 1, value: 1 })
    expect(callsTo('library', session.entries())).toMatchObject([{ obstacle: 'stream' }])
  })
})
