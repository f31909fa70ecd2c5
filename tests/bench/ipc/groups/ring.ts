import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createRingMemory, RingBuffer } from '../../../../ipc/transports/ring-buffer.ts'
import { RingByteWriter } from '../../../../ipc/transports/ring-stream.ts'
import { atMost } from '../results.ts'
import { alternate } from './alternating.ts'
import type { Group } from './group.ts'
import { createRawRing, RawRingWriter } from './raw-ring.ts'
import { callsOverRings } from './ring-calls.ts'

/** 100 MB in frames of 64 KiB, as in the first measurements. */
export const frameBytes = 65_536
export const framesOfStream = Math.ceil(100_000_000 / frameBytes)
const capacityBytes = 128 * frameBytes

/** What the reading thread is started with. */
export interface RingReaderTask {
  readonly kind: 'nexus' | 'raw'
  readonly memory: SharedArrayBuffer
}

/** A stream from this thread to another until that one has read and checked all of it. */
export const ring: Group = {
  name: 'ring',
  title: '100 MB through shared memory to another thread, in frames of 64 KiB, a ring of 8 MiB',
  execArgv: [],
  async measure({ quick }) {
    const plan = { pairs: quick ? 5 : 30 }
    await using readers = new AsyncDisposableStack()
    const raw = streamOf(readers, 'raw')
    const again = streamOf(readers, 'raw')
    const nexus = streamOf(readers, 'nexus')
    const calls = await callsOverRings(readers, { frameBytes, frames: framesOfStream, capacityBytes })
    const noise = await alternate(again, raw, plan)
    const compared = await alternate(nexus, raw, plan)
    const called = await alternate(calls, raw, plan)
    return [
      { name: '100 MB through a ring: raw again / raw', unit: 'ms', ...noise },
      {
        name: '100 MB through a ring: Nexus / raw',
        unit: 'ms',
        ...compared,
        target: atMost(1.1),
        noise: noise.ratio,
      },
      {
        name: '100 MB as arguments of Nexus calls, 16 in flight / raw ring',
        unit: 'ms',
        ...called,
        noise: noise.ratio,
      },
    ]
  },
}

/** Starts a reader; each call of what it gives sends one stream and says how many ms it took. */
function streamOf(readers: AsyncDisposableStack, kind: RingReaderTask['kind']): () => Promise<number> {
  const memory = kind === 'raw' ? createRawRing(capacityBytes) : createRingMemory({ capacityBytes })
  const write = kind === 'raw' ? rawWrite(memory) : nexusWrite(memory)
  const worker = new Worker(new URL('ring-reader.ts', import.meta.url), {
    workerData: { kind, memory } satisfies RingReaderTask,
  })
  readers.defer(async () => void (await worker.terminate()))
  const frame = new Uint8Array(frameBytes)
  const words = new Uint32Array(frame.buffer)
  return async () => {
    const answered: Promise<number[]> = once(worker, 'message')
    const startedAt = performance.now()
    for (let index = 0; index < framesOfStream; index += 1) {
      words[0] = index
      words[words.length - 1] = index
      write(frame)
    }
    const [inOrder] = await answered
    if (inOrder !== framesOfStream) throw new Error(`${inOrder} of ${framesOfStream} frames came in order`)
    return performance.now() - startedAt
  }
}

/** Both block this thread while the ring is full, which the program around it does not mind. */
function nexusWrite(memory: SharedArrayBuffer): (frame: Uint8Array) => void {
  const writer = new RingByteWriter(new RingBuffer(memory))
  return frame => {
    if (!writer.writeSync(frame)) throw new Error('The ring was closed')
  }
}

function rawWrite(memory: SharedArrayBuffer): (frame: Uint8Array) => void {
  const writer = new RawRingWriter(memory)
  return frame => writer.write(frame)
}
