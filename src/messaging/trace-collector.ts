import { serviceContract } from '../../contracts/service.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { ProcessTrace } from '../../ipc/tracing/span-record.ts'
import type { SpanRecorder } from '../../ipc/tracing/span-recorder.ts'

export interface TraceCollectorOptions {
  readonly endpoint: Pick<Endpoint, 'identity' | 'client' | 'connectionTo'>
  /** What main records of its own calls. */
  readonly spans: SpanRecorder
  readonly pid: number
  /** By name; without a process id while it does not run. */
  readonly services: ReadonlyMap<string, { readonly pid: number | null }>
}

/** The calls of all processes that tell of theirs; see `control.trace`. */
export interface CollectedTrace {
  readonly processes: ProcessTrace[]
  readonly unanswered: string[]
}

/** A service that is busy for longer than this is left out of the picture. */
const spansDeadlineMs = 2_000

/** Collects the spans of main and of the services that are connected. Tabs record none: they are told of nobody. */
export async function collectTraces(
  { endpoint, spans, pid, services }: TraceCollectorOptions,
  windowMs: number,
): Promise<CollectedTrace> {
  const unanswered: string[] = []
  // Read before the services are asked, so that the asking is not in the picture.
  const own: ProcessTrace = { endpoint: endpoint.identity.id, pid, ...spans.read(windowMs) }
  const others = await Promise.all(
    [...services].map(async ([name, { pid: servicePid }]): Promise<ProcessTrace[]> => {
      const peer = endpointId(name)
      // A call would wait for a service that does not run, or even start it.
      if (endpoint.connectionTo(peer) === null) return []
      try {
        const client = endpoint.client(serviceContract, peer)
        const reading = await client.spans({ windowMs }, { deadlineMs: spansDeadlineMs })
        return [{ endpoint: name, pid: servicePid, ...reading }]
      } catch {
        unanswered.push(name)
        return []
      }
    }),
  )
  return { processes: [own, ...others.flat()], unanswered }
}
