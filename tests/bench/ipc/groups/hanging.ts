import { type MessagePort, parentPort } from 'node:worker_threads'
import { type Identity, identity } from '../../../../ipc/identity.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { serveAnswerer } from '../contestants/nexus.ts'

/** Program of a thread with many endpoints, whose `hang` never answers. */
export interface HangingTask {
  readonly peer: Identity
  readonly port: MessagePort
}

parentPort?.on('message', ({ peer, port }: HangingTask) => {
  const caller = identity('caller', 'controller')
  serveAnswerer(peer).connect(domPort(port), caller)
})
