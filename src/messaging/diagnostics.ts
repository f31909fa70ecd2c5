import { existsSync } from 'node:fs'
import path from 'node:path'
import { aiContract } from '../../contracts/ai.ts'
import { allContracts } from '../../contracts/all.ts'
import { replayMarkerName } from '../../contracts/control-path.ts'
import { serviceContract } from '../../contracts/service.ts'
import { storageContract } from '../../contracts/storage.ts'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { type EndpointId, endpointId } from '../../ipc/identity.ts'
import { callByName } from '../../ipc/recording/call-by-name.ts'
import { NotReplayable } from '../../ipc/recording/player.ts'
import type { SpanRecorder } from '../../ipc/tracing/span-recorder.ts'
import type { ServiceName } from '../processes/service-definitions.ts'
import { type ReplayResult, replayCall } from './replay-service.ts'
import { type CollectedTrace, collectTraces } from './trace-collector.ts'
import { TrafficRecordings } from './traffic-recordings.ts'

export interface DiagnosticsOptions {
  readonly endpoint: Endpoint
  /** What main records of its own calls. */
  readonly spans: SpanRecorder
  readonly services: ReadonlyMap<ServiceName, { readonly pid: number | null; ensureRunning(): void }>
  readonly userDataFolder: string
  readonly clock?: Clock
}

/** The services whose recorded calls can be made again. */
const contractOf = { ai: aiContract, storage: storageContract } as const

/** What the command line may see of the messages while the browser runs: traces, recordings, and replays. */
export class Diagnostics implements Disposable {
  readonly #options: DiagnosticsOptions
  readonly #recordings: TrafficRecordings

  constructor(options: DiagnosticsOptions) {
    this.#options = options
    const { endpoint, clock = systemClock } = options
    this.#recordings = new TrafficRecordings({
      endpoint: endpoint.identity.id,
      contracts: allContracts,
      clock,
      watch: observer => endpoint.watch(observer),
    })
  }

  trace(windowMs: number): Promise<CollectedTrace> {
    const { endpoint, spans, services } = this.#options
    return collectTraces({ endpoint, spans, pid: process.pid, services }, windowMs)
  }

  record(
    peer: EndpointId,
    options: { readonly isWhole: boolean; readonly isLast: boolean },
  ): { lines: string[]; isOver: boolean } {
    return this.#recordings.take(peer, options)
  }

  /** The command line has gone. */
  forget(peer: EndpointId): void {
    this.#recordings.end(peer)
  }

  /** Rejects with NOT_FOR_REPLAY in a person's own profile: recorded calls write and delete. */
  async replay({
    service,
    method,
    argsJson,
  }: {
    readonly service: keyof typeof contractOf
    readonly method: string
    readonly argsJson: string
  }): Promise<ReplayResult> {
    const { endpoint, services, userDataFolder } = this.#options
    if (!existsSync(path.join(userDataFolder, replayMarkerName))) {
      throw new IpcError(
        'NOT_FOR_REPLAY',
        'Recorded calls are made only in a profile made for it, never in yours. Use "nexus replay".',
      )
    }
    if (method.startsWith(`${serviceContract.name}.`)) {
      throw new NotReplayable('it asks how the process does, which is never the same')
    }
    services.get(service)?.ensureRunning()
    return replayCall(callByName(endpoint, endpointId(service), [contractOf[service]]), method, argsJson)
  }

  [Symbol.dispose](): void {
    this.#recordings[Symbol.dispose]()
  }
}
