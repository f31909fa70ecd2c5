import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { createEndpoint } from '../../../../ipc/endpoint.ts'
import { createRingChannel, type RingEnd, ringPort } from '../../../../ipc/transports/ring-port.ts'
import { answererIdentity, callerIdentity } from '../contestants/nexus.ts'
import { answererContract } from '../contestants/nexus-contract.ts'
import { checksumOf } from '../payload.ts'

/** What the answering thread is started with. */
export interface RingCallsTask {
  readonly kind: 'calls'
  readonly end: RingEnd
}

export interface StreamSize {
  readonly frameBytes: number
  readonly frames: number
  readonly capacityBytes: number
}

/** So many calls are under way at any moment. */
const inFlight = 16

/**
 * The same bytes as arguments of calls, each checked, answered and measured, over rings under the framework. Each call
 * of what it gives sends all of them and says how many ms that took.
 */
export async function callsOverRings(
  threads: AsyncDisposableStack,
  { frameBytes, frames, capacityBytes }: StreamSize,
): Promise<() => Promise<number>> {
  const [near, far] = createRingChannel({ capacityBytes })
  const worker = new Worker(new URL('ring-reader.ts', import.meta.url), {
    workerData: { kind: 'calls', end: far } satisfies RingCallsTask,
  })
  await once(worker, 'online')
  const endpoint = createEndpoint({ identity: callerIdentity })
  endpoint.connect(ringPort(near), answererIdentity)
  threads.defer(async () => {
    endpoint[Symbol.dispose]()
    await worker.terminate()
  })
  const client = endpoint.client(answererContract, answererIdentity.id)
  const buffers = Array.from({ length: inFlight }, (_, index) => new Uint8Array(frameBytes).fill(index))
  return async () => {
    const startedAt = performance.now()
    let sent = 0
    const keepSending = async (bytes: Uint8Array): Promise<void> => {
      while (sent < frames) {
        bytes[0] = sent & 0xff
        sent += 1
        const expected = checksumOf(bytes)
        if ((await client.store({ bytes })) !== expected) throw new Error('Other bytes arrived')
      }
    }
    await Promise.all(buffers.map(keepSending))
    return performance.now() - startedAt
  }
}
