import { workerData } from 'node:worker_threads'
import { RingBuffer } from '../transports/ring-buffer.ts'
import type { RingEnd } from '../transports/ring-port.ts'
import { RingByteReader, RingByteWriter } from '../transports/ring-stream.ts'

/** The program of a worker that sends back every byte it reads, blocking its thread; ends with the stream. */
const { incoming, outgoing } = workerData as RingEnd
const reader = new RingByteReader(new RingBuffer(incoming))
const writer = new RingByteWriter(new RingBuffer(outgoing))
const bytes = new Uint8Array(80)
for (let count = reader.readSync(bytes); count > 0; count = reader.readSync(bytes)) {
  writer.writeSync(bytes.subarray(0, count))
}
writer.end()
