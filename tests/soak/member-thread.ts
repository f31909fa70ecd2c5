import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { type IntroductionSource, joinHub } from '../../ipc/meeting.ts'
import { domPort } from '../../ipc/transports/dom-port.ts'
import { type RingEnd, ringPort } from '../../ipc/transports/ring-port.ts'
import { connectSocket } from '../../ipc/transports/socket.ts'
import { Random } from '../fuzz/random.ts'
import { serveSoak } from './soak-contract.ts'
import { doSomething, type Outcomes } from './work.ts'

/** How a thread of the soak comes to the hub, or to its owner. */
export type MemberStart =
  | { readonly kind: 'hub'; readonly seed: number; readonly others: readonly string[] }
  | { readonly kind: 'ring'; readonly seed: number; readonly end: RingEnd; readonly name: string }
  | { readonly kind: 'socket'; readonly seed: number; readonly path: string; readonly name: string }

/** What main hands on to a member of the hub. */
export interface Welcome {
  readonly introduction: unknown
  readonly port: MessagePort
}

/** Program of a thread that serves, and calls whoever it meets, until it is ended in the midst of it. */
const start = workerData as MemberStart
const random = new Random(start.seed)
const controller = identity('controller', 'controller')
const outcomes: Outcomes = { answered: 0, failed: new Map(), wrong: [] }

switch (start.kind) {
  case 'hub': {
    let hear: Parameters<IntroductionSource['onIntroduction']>[0] = () => {}
    const source: IntroductionSource = {
      onIntroduction(listener) {
        hear = listener
        return { [Symbol.dispose]: () => {} }
      },
    }
    const { endpoint } = joinHub(source, {}, membership => serveSoak(membership.endpoint))
    parentPort?.on('message', ({ introduction, port }: Welcome) => hear(introduction, domPort(port)))
    const others = start.others.map(id => identity(id, 'worker').id)
    setInterval(
      () => void doSomething(endpoint, random.pick([controller.id, ...others]), random, outcomes),
      20,
    )
    break
  }
  case 'ring':
  case 'socket': {
    const endpoint = createEndpoint({ identity: identity(start.name, 'guest') })
    serveSoak(endpoint)
    const port = start.kind === 'ring' ? ringPort(start.end) : await connectSocket(start.path)
    endpoint.connect(port, controller)
    setInterval(() => void doSomething(endpoint, controller.id, random, outcomes), 20)
    break
  }
}
setInterval(() => parentPort?.postMessage(outcomes.wrong.splice(0)), 200)
