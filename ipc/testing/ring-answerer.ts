import { workerData } from 'node:worker_threads'
import { type RingEnd, ringPort } from '../transports/ring-port.ts'

/** The program of a worker that has nothing but its end of a ring channel, and answers each text with itself. */
const port = ringPort(workerData as RingEnd)
port.onMessage(packet => port.post(`again ${packet}`))
port.start()
