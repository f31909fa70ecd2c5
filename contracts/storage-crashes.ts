import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import {
  atMost,
  clearing,
  moment,
  momentOrNull,
  nothing,
  recordId,
  storedSite,
  storing,
} from './storage-parts.ts'

/** Older ones make room. */
export const mostCrashes = 500

/** That a process ended as it should not have. Nothing of a page's content is in it. */
export const CrashRecord = Type.Object({
  id: recordId,
  kind: Type.Union([
    Type.Literal('page'),
    Type.Literal('service'),
    Type.Literal('gpu'),
    Type.Literal('chrome'),
    Type.Literal('main'),
  ]),
  /** Of the process: "storage", "network", "page". */
  name: Type.String({ maxLength: 100 }),
  /** As Electron has it: "crashed", "oom", "killed"… */
  reason: Type.String({ maxLength: 200 }),
  exitCode: Type.Union([Type.Integer(), Type.Null()]),
  /** Of a page's process; null for others. */
  site: Type.Union([storedSite, Type.Null()]),
  /** Milliseconds from its start. */
  uptimeMs: Type.Number({ minimum: 0 }),
  /** Names of the last messages with it, oldest first; without what was in them. */
  lastMessages: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 }),
  machine: Type.Object({
    platform: Type.String({ maxLength: 50 }),
    architecture: Type.String({ maxLength: 50 }),
    release: Type.String({ maxLength: 200 }),
    totalMemoryBytes: Type.Integer({ minimum: 0 }),
    freeMemoryBytes: Type.Integer({ minimum: 0 }),
    nexusVersion: Type.String({ maxLength: 50 }),
  }),
  at: moment,
})
export type CrashRecord = Static<typeof CrashRecord>

export const storageCrashesContract = defineContract('storageCrashes', {
  methods: {
    /** Recording the same id again changes nothing. */
    record: method({ ...storing, args: CrashRecord, result: nothing }),
    /** Latest first. */
    list: method({
      ...storing,
      args: Type.Object({ limit: atMost(mostCrashes) }),
      result: Type.Array(CrashRecord, { maxItems: mostCrashes }),
    }),
    /** Those before a moment; all for null. */
    clear: method({
      ...clearing,
      args: Type.Object({ before: momentOrNull }),
      result: Type.Object({ cleared: Type.Integer({ minimum: 0 }) }),
    }),
  },
})
