import { parentPort, workerData } from 'node:worker_threads'
import { RingBuffer } from '../../../../ipc/transports/ring-buffer.ts'
import { ringPort } from '../../../../ipc/transports/ring-port.ts'
import { RingByteReader } from '../../../../ipc/transports/ring-stream.ts'
import { answererIdentity, callerIdentity, serveAnswerer } from '../contestants/nexus.ts'
import { RawRingReader } from './raw-ring.ts'
import { frameBytes, framesOfStream, type RingReaderTask } from './ring.ts'
import type { RingCallsTask } from './ring-calls.ts'

/** Program of the thread at the other end: answers calls, or reads for ever: copies each frame out, checks its number at both ends, and tells how many fitted. */
const task = workerData as RingReaderTask | RingCallsTask
const frame = new Uint8Array(frameBytes)
const words = new Uint32Array(frame.buffer)
switch (task.kind) {
  case 'calls':
    serveAnswerer(answererIdentity).connect(ringPort(task.end), callerIdentity)
    break
  case 'raw':
    readForEver(rawRead(task.memory))
    break
  case 'nexus':
    readForEver(nexusRead(task.memory))
    break
}

function readForEver(readFrame: () => void): void {
  for (;;) {
    let inOrder = 0
    for (let index = 0; index < framesOfStream; index += 1) {
      readFrame()
      if (words[0] === index && words[words.length - 1] === index) inOrder += 1
    }
    parentPort?.postMessage(inOrder)
  }
}

function rawRead(memory: SharedArrayBuffer): () => void {
  const reader = new RawRingReader(memory)
  return () => reader.read(frame)
}

function nexusRead(memory: SharedArrayBuffer): () => void {
  const reader = new RingByteReader(new RingBuffer(memory))
  return () => {
    for (let filled = 0; filled < frameBytes; ) {
      const count = reader.readSync(filled === 0 ? frame : frame.subarray(filled))
      if (count === 0) throw new Error('The ring was closed')
      filled += count
    }
  }
}
