import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../ipc/clock.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { oggChecksum } from '../files/checksums.ts'
import { fixture, fixtureNames, inPieces, randomFrom } from '../testing/sounds.ts'
import { type CodecThread, CodecThreads } from './codec-threads.ts'
import type { CodecAnswer, CodecJob, CodecRequest, JobResult } from './job.ts'
import { startCodecThread } from './start-thread.ts'

const program = new URL('codec-thread.ts', import.meta.url)
const decode: CodecJob = { kind: 'decode', totalBytes: null, convertTo: null }
const block: CodecAnswer = { kind: 'output', output: { kind: 'block', channels: [new Float32Array(1)] } }
const whole: CodecAnswer = { kind: 'result', result: { kind: 'whole', frames: 1 } }

/** A thread that answers by a list, and then no more. */
class FakeThread implements CodecThread {
  readonly requests: CodecRequest['kind'][] = []
  isEnded = false
  readonly #answers: (CodecAnswer | 'silence')[]
  #listener: (answer: CodecAnswer) => void = () => {}
  #ended: () => void = () => {}

  constructor(...answers: (CodecAnswer | 'silence')[]) {
    this.#answers = answers
  }

  post({ kind }: CodecRequest): void {
    this.requests.push(kind)
    const answer = this.#answers.shift() ?? 'silence'
    if (answer !== 'silence') queueMicrotask(() => this.#listener(answer))
  }

  onAnswer(listener: (answer: CodecAnswer) => void): void {
    this.#listener = listener
  }

  onEnd(listener: () => void): void {
    this.#ended = listener
  }

  end(): void {
    this.isEnded = true
    this.#ended()
  }
}

async function finish(running: AsyncGenerator<unknown, JobResult>): Promise<JobResult | string> {
  try {
    for (;;) {
      const next = await running.next()
      if (next.done === true) return next.value
    }
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no error'
  }
}

describe('threads of codecs', () => {
  it('that hang are ended after their time, wherever it happens, and replaced', async () => {
    const clock = new SimulatedClock()
    const hanging = [
      new FakeThread('silence'),
      new FakeThread({ kind: 'wants' }, 'silence'),
      new FakeThread(block, 'silence'),
    ]
    const started = [...hanging, new FakeThread(whole)]
    const threads = new CodecThreads({ start: () => started.shift() ?? new FakeThread(), clock })
    for (const thread of hanging) {
      const running = finish(threads.run(decode, inPieces(new Uint8Array(1), 1)))
      while (thread.requests.length < 1 || clock.timers === 0) await Promise.resolve()
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
      clock.advance(2_999)
      expect(thread.isEnded).toBe(false)
      clock.advance(7_001)
      expect(await running).toBe('CodecGaveUpError: The codec hung')
      expect(thread.isEnded).toBe(true)
    }
    expect(await finish(threads.run(decode, inPieces(new Uint8Array(1), 1)))).toEqual({
      kind: 'whole',
      frames: 1,
    })
    expect([threads.ended, threads.running, clock.timers]).toEqual([3, 1, 0])
  })

  it('are used again, and left politely by who wants no more', async () => {
    const thread = new FakeThread(whole, block, block, { kind: 'stopped' }, whole)
    const threads = new CodecThreads({ start: () => thread, clock: new SimulatedClock() })
    await finish(threads.run(decode, inPieces(new Uint8Array(0), 1)))
    for await (const _ of threads.run(decode, inPieces(new Uint8Array(0), 1))) break
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
    expect(await finish(threads.run(decode, inPieces(new Uint8Array(0), 1)))).toEqual({
      kind: 'whole',
      frames: 1,
    })
    expect(thread.requests).toEqual(['begin', 'begin', 'next', 'stop', 'begin'])
  })

  it('that are kept for later are ended when memory is short, and those at work are not', async () => {
    const started = [new FakeThread(block), new FakeThread(whole), new FakeThread(whole)]
    const [working, idle] = started
    const threads = new CodecThreads({
      start: () => started.shift() ?? new FakeThread(),
      clock: new SimulatedClock(),
    })
    const job = threads.run(decode, inPieces(new Uint8Array(1), 1))
    await job.next()
    await finish(threads.run(decode, inPieces(new Uint8Array(1), 1)))
    threads.endIdle()
    expect([working?.isEnded, idle?.isEnded, threads.running]).toEqual([false, true, 1])
    expect(await finish(threads.run(decode, inPieces(new Uint8Array(1), 1)))).toMatchObject({ kind: 'whole' })
  })

  it('are eight at most', async () => {
    const clock = new SimulatedClock()
    const threads = new CodecThreads({ start: () => new FakeThread(), clock })
    const waiting = Array.from({ length: 8 }, () =>
      finish(threads.run(decode, inPieces(new Uint8Array(0), 1))),
    )
    expect(await finish(threads.run(decode, inPieces(new Uint8Array(0), 1)))).toMatch(/^AudioBusyError/)
    clock.advance(10_000)
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['CodecGaveUpError: The codec hung']))
  })

  it('can be ended in the middle of an endless loop', async () => {
    const worker = new Worker('require("node:worker_threads").parentPort.postMessage(0); for (;;) {}', {
      eval: true,
    })
    await once(worker, 'message')
    expect(await worker.terminate()).toBe(1)
  })

  it('that die are told of, and answer for nobody else', async () => {
    using threads = new CodecThreads({
      start: () => startCodecThread(new URL('data:text/javascript,process.exit(7)')),
      clock: systemClock,
    })
    expect(await finish(threads.run(decode, inPieces(new Uint8Array(1), 1)))).toBe(
      'CodecGaveUpError: The codec died',
    )
    expect(threads.running).toBe(0)
  })

  it('come to an end with files changed at random, and go on to decode whole ones', async () => {
    using threads = new CodecThreads({ start: () => startCodecThread(program), clock: systemClock })
    const random = randomFrom(20_261_120)
    const kinds = new Set<string>()
    for (const name of fixtureNames) {
      for (let round = 0; round < 10; round += 1) {
        const changed = mutate(fixture(name), random)
        // With checksums that hold, the decoders themselves meet what was changed.
        const bytes = round % 2 === 0 ? changed : repairPages(changed)
        const result = await finish(
          threads.run({ kind: 'decode', totalBytes: bytes.length, convertTo: null }, inPieces(bytes, 65_536)),
        )
        const kind =
          typeof result === 'string' ? result : result.kind === 'broken' ? result.cause : result.kind
        if (typeof result !== 'string' && result.kind === 'broken') {
          expect(result.byte).toBeLessThanOrEqual(bytes.length)
        }
        kinds.add(kind)
      }
      const file = fixture(name)
      expect(await finish(threads.run(decode, inPieces(file, 65_536)))).toMatchObject({ kind: 'whole' })
    }
    const possible = [
      'whole',
      'damaged',
      'truncated',
      'unsupported',
      'unknownFormat',
      'CodecGaveUpError: The codec hung',
    ]
    expect([...kinds].filter(kind => !possible.includes(kind))).toEqual([])
    expect(kinds.size).toBeGreaterThan(3)
  })
})

/** Bits turned, stretches overwritten, repeated or taken out; checksums of pages are mostly wrong then. */
function mutate(file: Uint8Array, random: () => number): Uint8Array {
  let bytes = file.slice()
  const changes = 1 + Math.floor(random() * 4)
  for (let change = 0; change < changes; change += 1) {
    // Headers are where most can be made of little.
    const at = Math.floor(random() ** 2 * bytes.length)
    const length = Math.floor(random() * 64)
    switch (Math.floor(random() * 4)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
        break
      case 1:
        for (let place = at; place < Math.min(bytes.length, at + length); place += 1)
          bytes[place] = random() * 256
        break
      case 2:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])
        break
      default:
        bytes = Uint8Array.from([...bytes.subarray(0, at + length), ...bytes.subarray(at)])
    }
  }
  return bytes
}

/** Puts right the checksums of the pages of an Ogg file, as far as they can be found. */
function repairPages(file: Uint8Array): Uint8Array {
  const bytes = file.slice()
  const view = new DataView(bytes.buffer)
  for (let at = 0; at + 27 < bytes.length && view.getUint32(at) === 0x4f676753; ) {
    const end = at + 27 + (bytes[at + 26] ?? 0)
    const content = bytes.subarray(at + 27, end).reduce((sum, length) => sum + length, 0)
    view.setUint32(at + 22, oggChecksum(bytes.subarray(at, end + content)), true)
    at = end + content
  }
  return bytes
}
