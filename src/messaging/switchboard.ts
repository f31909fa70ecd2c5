import { MessageChannelMain, type MessagePortMain } from 'electron'
import { serviceContract } from '../../contracts/service.ts'
import { systemClock } from '../../ipc/clock.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { ProcessTerminatedError } from '../../ipc/errors.ts'
import { createHub, type Deliver, type Registration } from '../../ipc/hub.ts'
import { endpointId, type Identity, identity } from '../../ipc/identity.ts'
import type { Log } from '../../ipc/log.ts'
import type { Port } from '../../ipc/port.ts'
import type { Target } from '../../ipc/target.ts'
import { SpanRecorder } from '../../ipc/tracing/span-recorder.ts'
import { electronPort } from '../../ipc/transports/electron-port.ts'
import type { MessageCounts } from '../processes/process-tree.ts'
import { authority } from './authority.ts'

/** Main's own place among the processes: its endpoint, and the hub that brings the others together. */
export interface Switchboard extends Disposable {
  readonly endpoint: Endpoint
  /** The last calls that main made and answered. */
  readonly spans: SpanRecorder
  /** Gives a process its name and its port to main. Throws IDENTIFIER_CONFLICT while the name is taken. */
  admit(target: Target, deliver: Deliver<MessagePortMain>): Registration
  /** Takes in somebody who came by a port of its own, such as the command line. It is introduced to nobody. */
  adopt(target: Target, port: Port): Registration
  /** Fails every call that waits for a process that will not come back. */
  giveUpOn(who: Identity, title: string): void
  /** Messages of a peer as main saw them; what it exchanges with others directly is not in it. */
  countsOf(peer: string): MessageCounts
  /** Messages of a service as it counts them itself; those seen by main when it does not answer. */
  reportedCounts(service: string): Promise<MessageCounts>
}

/** A service that does not answer for its counts in this time is shown with those that main saw. */
const reportDeadlineMs = 400

export function createSwitchboard({ log }: { readonly log: Log }): Switchboard {
  const spans = new SpanRecorder(systemClock)
  const endpoint = createEndpoint({
    identity: identity('controller', 'controller'),
    log,
    spans,
    processId: process.pid,
  })
  const hub = createHub<MessagePortMain>({
    endpoint,
    createChannel: () => {
      const { port1, port2 } = new MessageChannelMain()
      return [port1, port2]
    },
    adopt: electronPort,
    authority,
    log,
  })
  const remembered = new Map<string, MessageCounts>()

  function countsOf(peer: string): MessageCounts {
    const counters = endpoint.connectionTo(endpointId(peer))?.counters
    if (counters === undefined) return remembered.get(peer) ?? { messagesIn: 0, messagesOut: 0 }
    // What main received, the other sent.
    const counts = { messagesIn: counters.messagesOut, messagesOut: counters.messagesIn }
    remembered.set(peer, counts)
    return counts
  }

  return {
    endpoint,
    spans,
    admit: (target, deliver) => hub.register(target, deliver),
    adopt: (target, port) => hub.registerExternal(target, port),
    giveUpOn(who, title) {
      endpoint.giveUpOn(
        who.id,
        new ProcessTerminatedError(`${title} stopped too often and is not restarted any more`),
      )
    },
    countsOf,
    async reportedCounts(service) {
      if (endpoint.connectionTo(endpointId(service)) === null) return countsOf(service)
      const client = endpoint.client(serviceContract, endpointId(service))
      return client.report({}, { deadlineMs: reportDeadlineMs }).then(
        ({ messagesIn, messagesOut }) => ({ messagesIn, messagesOut }),
        () => countsOf(service),
      )
    },
    [Symbol.dispose]() {
      hub[Symbol.dispose]()
      endpoint[Symbol.dispose]()
    },
  }
}
