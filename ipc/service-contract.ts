import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from './contract.ts'
import { EndpointTraffic } from './metrics/traffic.ts'
import { SpanReading } from './tracing/span-record.ts'

const nothing = Type.Object({})
/** Only main looks after processes. */
const callers = ['controller']

/** What a process knows of itself, for the process tree. */
export const SelfReport = Type.Object({
  pid: Type.Integer({ minimum: 0 }),
  uptimeMs: Type.Number({ minimum: 0 }),
  /** Processor time used since start, in microseconds; the reader makes percentages of two of these. */
  cpuMicros: Type.Number({ minimum: 0 }),
  residentBytes: Type.Number({ minimum: 0 }),
  messagesIn: Type.Integer({ minimum: 0 }),
  messagesOut: Type.Integer({ minimum: 0 }),
})
export type SelfReport = Static<typeof SelfReport>

/** Every service process serves this beside its own contract. */
export const serviceContract = defineContract('service', {
  methods: {
    /** The heartbeat. */
    ping: method({ args: nothing, result: nothing, callers, deadlineMs: 5_000, idempotent: true }),
    report: method({ args: nothing, result: SelfReport, callers, deadlineMs: 2_000, idempotent: true }),
    /** The calls that ended here within the last `windowMs`, both those made and those answered. */
    spans: method({
      args: Type.Object({ windowMs: Type.Number({ minimum: 0 }) }),
      result: SpanReading,
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** What it counted of its own pairs within the last minute. */
    traffic: method({
      args: nothing,
      result: EndpointTraffic,
      callers,
      deadlineMs: 2_000,
      idempotent: true,
    }),
    /** Asks the process to drop what it can get again, and to collect its garbage. Nothing is lost but time. */
    trim: method({
      args: nothing,
      result: Type.Object({
        residentBytesBefore: Type.Number({ minimum: 0 }),
        residentBytesAfter: Type.Number({ minimum: 0 }),
      }),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /** Asks the process to finish what it holds; it is ended after the answer or the deadline. */
    prepareToStop: method({ args: nothing, result: nothing, callers, deadlineMs: 3_000, idempotent: true }),
  },
})
