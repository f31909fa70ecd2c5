import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { Port } from '../port.ts'
import { domPort } from '../transports/dom-port.ts'
import { threadPort } from '../transports/process-channel.ts'
import { type RingEnd, ringPort } from '../transports/ring-port.ts'
import { controlOverPort } from './remote-control.ts'
import { serveRemotePort } from './remote-port.ts'

/** What a worker is given, with a port that a test speaks through, to have a port under test at this end. */
export type ThreadEnd =
  | { readonly kind: 'port'; readonly port: MessagePort }
  | { readonly kind: 'ring'; readonly ring: RingEnd }

/** One of the ports under test in a worker that has several. */
export interface ThreadTask {
  readonly control: MessagePort
  readonly end: ThreadEnd
}

/** A worker whose own channel is under test has its control here; one with several ports is sent tasks. */
export interface PortThreadData {
  readonly control: MessagePort | null
}

if (parentPort === null) throw new Error('This program runs in a worker')
const { control } = workerData as PortThreadData
if (control !== null) serveRemotePort(threadPort(parentPort), controlOverPort(control))
else {
  parentPort.on('message', (task: ThreadTask) => {
    serveRemotePort(portOf(task.end), controlOverPort(task.control))
  })
}

function portOf(end: ThreadEnd): Port {
  switch (end.kind) {
    case 'port':
      return domPort(end.port)
    case 'ring':
      return ringPort(end.ring)
  }
}
