import { describe, expect, it } from 'vitest'
import { joinChannels } from '../../contracts/audio-pcm.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { MixerSession } from './mixer-session.ts'

const mono = { sampleRate: 48_000, channels: 1 }
const plain = { gain: 1, pan: 0 }
const block = joinChannels([new Float32Array(4_800).fill(0.5)])

function session(patienceMs: number | null): { session: MixerSession; clock: SimulatedClock } {
  const clock = new SimulatedClock()
  return { session: new MixerSession({ shape: mono, ceiling: 0, patienceMs, clock }), clock }
}

async function* blocks(count: number, taken: { count: number }): AsyncGenerator<Uint8Array, void> {
  for (; taken.count < count; ) {
    taken.count += 1
    yield block.slice()
  }
}

const signal = (): AbortSignal => new AbortController().signal
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
}

describe('a mix between those who send and the one who reads', () => {
  it('takes from a source only what is read, and all of it in the end', async () => {
    const { session: mix } = session(null)
    const taken = { count: 0 }
    const playing = mix.play('a', mono, plain, blocks(30, taken), signal())
    const reading = mix.blocks(480, true, signal())
    await reading.next()
    await turns()
    // A quarter of a second is kept ahead.
    expect(taken.count).toBeLessThanOrEqual(4)
    let frames = 480
    for await (const [channel] of reading) frames += channel?.length ?? 0
    expect([taken.count, await playing]).toEqual([30, 30 * 4_800])
    expect(frames).toBeGreaterThanOrEqual(30 * 4_800)
    expect(frames).toBeLessThan(30 * 4_800 + 960)
  })

  it('waits for a slow source as long as its patience, then goes on without it', async () => {
    const { session: mix, clock } = session(20)
    const slow = Promise.withResolvers<IteratorResult<Uint8Array>>()
    void mix.play(
      'slow',
      mono,
      plain,
      { [Symbol.asyncIterator]: () => ({ next: () => slow.promise }) },
      signal(),
    )
    const reading = mix.blocks(480, false, signal())
    let isThere = false
    const first = reading.next().then(result => {
      isThere = true
      return result
    })
    await turns()
    clock.advance(19)
    await turns()
    expect(isThere).toBe(false)
    clock.advance(1)
    expect((await first).value?.[0]?.length).toBe(480)
    expect(mix.mixer.missed).toBeGreaterThan(0)
    expect(clock.timers).toBe(0)
  })

  it('waits while there is nothing to mix, and gives what was left in the limiter before', async () => {
    const { session: mix } = session(null)
    const reading = mix.blocks(4_800, false, signal())
    let isThere = false
    void reading.next().then(() => {
      isThere = true
    })
    await turns()
    expect(isThere).toBe(false)
    expect(await mix.play('a', mono, plain, blocks(1, { count: 0 }), signal())).toBe(4_800)
    await turns()
    expect(isThere).toBe(true)
    mix.close()
    expect((await reading.next()).done).toBe(true)
  })

  it('ends for a source that was removed, sends wrong bytes, or has gone', async () => {
    const { session: mix } = session(null)
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) }
    const leaving = new AbortController()
    const removed = mix.play('removed', mono, plain, blocks(1_000, { count: 0 }), signal())
    const gone = mix.play('gone', mono, plain, blocks(1_000, { count: 0 }), leaving.signal)
    const wrong = mix.play(
      'wrong',
      mono,
      plain,
      (async function* () {
        yield new Uint8Array(3)
      })(),
      signal(),
    )
    await expect(wrong).rejects.toThrow(/no whole frames/)
    void mix.play('again', mono, plain, never, signal())
    await expect(mix.play('again', mono, plain, never, signal())).rejects.toThrow(/already/)
    await turns()
    mix.remove('removed')
    leaving.abort()
    expect(await Promise.all([removed, gone])).toEqual([0, 0])
    expect(() => mix.set('removed', plain, 0)).toThrow(/no source/)
    expect(mix.mixer.sources).toBe(1)
  })

  it('has one reader, who may leave and come back', async () => {
    const { session: mix } = session(null)
    void mix.play('a', mono, plain, blocks(100, { count: 0 }), signal())
    const first = mix.blocks(480, false, signal())
    await first.next()
    await expect(mix.blocks(480, false, signal()).next()).rejects.toThrow(/read already/)
    await first.return()
    expect((await mix.blocks(480, false, signal()).next()).done).toBe(false)
    mix.close()
  })
})
