import { systemClock } from '../clock.ts'
import type { Endpoint } from '../endpoint.ts'
import {
  type IntroductionSource,
  joinHub,
  type MeetingOptions,
  type Membership,
  welcomed,
} from '../meeting.ts'
import { endpointTraffic } from '../metrics/endpoint-traffic.ts'
import { serviceContract } from '../service-contract.ts'
import { SpanRecorder } from '../tracing/span-recorder.ts'
import { type ElectronMessagePort, electronPort } from '../transports/electron-port.ts'
import { collectGarbage } from './collect-garbage.ts'

/** What is used of `process.parentPort` in an Electron utility process. */
export interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronMessagePort[] }) => void,
  ): unknown
  removeListener(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronMessagePort[] }) => void,
  ): unknown
}

export type UtilityOptions = MeetingOptions & {
  /** For tests; a utility process has its own. */
  readonly parentPort?: ParentPort
  /** Finishes what the process holds, before it is ended. */
  readonly prepareToStop?: () => void | Promise<void>
  /** Drops what the process can get again, when memory is short; its garbage is collected after it. */
  readonly trim?: () => void | Promise<void>
}

/** Starts the endpoint of a service process; serves `service` for main. Rejects with REGISTRATION_TIMEOUT. */
export function startUtilityEndpoint(options: UtilityOptions = {}): Promise<Endpoint> {
  return welcomed(joinAsUtility(options))
}

/**
 * The same for a process that does not want to wait: its endpoint takes calls at once and sends them when main has
 * welcomed it.
 *
 * @example
 * const { endpoint, registry } = joinAsUtility()
 */
export function joinAsUtility(options: UtilityOptions = {}): Membership {
  const { parentPort = parentPortOf(process), prepareToStop, trim, ...meeting } = options
  const spans = new SpanRecorder(options.clock ?? systemClock)
  const joining = { processId: process.pid, ...meeting, spans }
  return joinHub(introductionsOf(parentPort), joining, ({ endpoint }) => {
    endpoint.serve(serviceContract, {
      ping: () => ({}),
      report: () => {
        const { user, system } = process.cpuUsage()
        const { messagesIn, messagesOut } = endpoint.metrics
        return {
          pid: process.pid,
          uptimeMs: process.uptime() * 1_000,
          cpuMicros: user + system,
          residentBytes: process.memoryUsage.rss(),
          messagesIn,
          messagesOut,
        }
      },
      traffic: () => endpointTraffic(endpoint),
      spans: ({ windowMs }) => spans.read(windowMs),
      trim: async () => {
        const residentBytesBefore = process.memoryUsage.rss()
        await trim?.()
        collectGarbage()
        return { residentBytesBefore, residentBytesAfter: process.memoryUsage.rss() }
      },
      prepareToStop: async () => {
        await prepareToStop?.()
        return {}
      },
    })
  })
}

function introductionsOf(parentPort: ParentPort): IntroductionSource {
  return {
    onIntroduction(listener) {
      const receive = (event: {
        readonly data: unknown
        readonly ports: readonly ElectronMessagePort[]
      }): void => {
        const [port] = event.ports
        listener(event.data, port === undefined ? null : electronPort(port))
      }
      parentPort.on('message', receive)
      return { [Symbol.dispose]: () => void parentPort.removeListener('message', receive) }
    },
  }
}

function parentPortOf(holder: object): ParentPort {
  if ('parentPort' in holder && typeof holder.parentPort === 'object' && holder.parentPort !== null) {
    return holder.parentPort as ParentPort
  }
  throw new TypeError('There is no parentPort: this program runs only as a utility process of Nexus')
}
