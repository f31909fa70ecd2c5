import { parentPort, workerData } from 'node:worker_threads'
import { RingBuffer } from '../../../../ipc/transports/ring-buffer.ts'
import { RingByteReader } from '../../../../ipc/transports/ring-stream.ts'
import { RawRingReader } from './raw-ring.ts'
import { frameBytes, framesOfStream, type RingReaderTask } from './ring.ts'

/** Program of the thread that reads: copies each frame out, checks its number at both ends, and tells how many fitted. */
const { kind, memory } = workerData as RingReaderTask
const frame = new Uint8Array(frameBytes)
const words = new Uint32Array(frame.buffer)
const readFrame = kind === 'raw' ? rawRead() : nexusRead()
for (;;) {
  let inOrder = 0
  for (let index = 0; index < framesOfStream; index += 1) {
    readFrame()
    if (words[0] === index && words[words.length - 1] === index) inOrder += 1
  }
  parentPort?.postMessage(inOrder)
}

function rawRead(): () => void {
  const reader = new RawRingReader(memory)
  return () => reader.read(frame)
}

function nexusRead(): () => void {
  const reader = new RingByteReader(new RingBuffer(memory))
  return () => {
    for (let filled = 0; filled < frameBytes; ) {
      const count = reader.readSync(filled === 0 ? frame : frame.subarray(filled))
      if (count === 0) throw new Error('The ring was closed')
      filled += count
    }
  }
}
