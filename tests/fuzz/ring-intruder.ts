import { serialize } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import {
  headWord,
  RingBuffer,
  readerWord,
  tailWord,
  wantedWord,
  writerWord,
} from '../../ipc/transports/ring-buffer.ts'
import type { RingEnd } from '../../ipc/transports/ring-port.ts'
import { RingWriter } from '../../ipc/transports/ring-writer.ts'
import { hostileValue } from './hostile-values.ts'
import { Random } from './random.ts'

/** What the other end of a ring does to it, and for how long. */
export interface Intrusion {
  readonly end: RingEnd
  readonly seed: number
  readonly manner: IntruderManner
  readonly durationMs: number
}

export type IntruderManner = (typeof intruderManners)[number]

export const intruderManners = ['words', 'frames', 'values', 'restless', 'everything'] as const

/** Program of a thread that does not keep to the rules of a ring. */
parentPort?.on('message', ({ end, seed, manner, durationMs }: Intrusion) => {
  intrude(end, new Random(seed), manner, durationMs)
  parentPort?.postMessage('done')
})

function intrude(end: RingEnd, random: Random, manner: IntruderManner, durationMs: number): void {
  // What the victim reads, and what it writes.
  const [ours, theirs] = [new RingBuffer(end.outgoing), new RingBuffer(end.incoming)]
  const writer = new RingWriter(ours)
  const until = performance.now() + durationMs
  while (performance.now() < until) {
    for (let times = 0; times < 50; times += 1) step(ours, theirs, writer, random, manner)
  }
}

function step(
  ours: RingBuffer,
  theirs: RingBuffer,
  writer: RingWriter,
  random: Random,
  manner: IntruderManner,
): void {
  const ring = random.oneIn(2) ? ours : theirs
  switch (manner) {
    case 'words': {
      const word = random.pick([tailWord, tailWord + 1, headWord, readerWord, writerWord, wantedWord])
      Atomics.store(ring.words, word, hostileWord(random, ring))
      ring.wake(random.pick([readerWord, writerWord]))
      return
    }
    case 'frames':
      write(ours, writer, random.below(5), new Uint8Array(random.below(64)))
      ours.dataWords[2 * random.below(ours.dataWords.length / 2)] = hostileWord(random, ours)
      return
    case 'values':
      write(ours, writer, 2, broken(random))
      return
    case 'restless':
      // Wakes whoever would sleep, before it does.
      Atomics.store(ring.words, random.pick([readerWord, writerWord]), random.below(4))
      Atomics.notify(ring.words, readerWord)
      return
    case 'everything':
      ring.data[random.below(ring.data.length)] = random.below(256)
      Atomics.store(ring.words, random.below(ring.words.length), hostileWord(random, ring))
      return
  }
}

function write(ring: RingBuffer, writer: RingWriter, kind: number, bytes: Uint8Array): void {
  if (bytes.length <= ring.maxFrameBytes) writer.tryWriteBytes(kind, bytes)
}

function hostileWord(random: Random, { capacityBytes }: RingBuffer): number {
  return random.pick([
    0,
    -1,
    1,
    8,
    capacityBytes,
    2 * capacityBytes - 8,
    2 * capacityBytes,
    2 ** 31 - 1,
    -(2 ** 31),
    8 * random.below(capacityBytes / 4),
  ])
}

/** A value as V8 writes it, with some of its bytes changed. */
function broken(random: Random): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = serialize([[100, 1, 'guarded.keep', { data: hostileValue(random) }, 1_000]])
  } catch {
    bytes = serialize([1, 2, 3])
  }
  for (let times = random.below(4); times > 0; times -= 1) {
    bytes[random.below(bytes.length)] = random.below(256)
  }
  return bytes
}
