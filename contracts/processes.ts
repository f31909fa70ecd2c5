import type { Static } from 'typebox'
import * as Type from 'typebox'

export const LifecycleState = Type.Union([
  Type.Literal('created'),
  Type.Literal('ready'),
  Type.Literal('active'),
  Type.Literal('idle'),
  Type.Literal('suspended'),
  Type.Literal('crashed'),
  Type.Literal('restarting'),
  Type.Literal('failed'),
  Type.Literal('terminated'),
])
export type LifecycleState = Static<typeof LifecycleState>

/** `engine` stands for the browser engine's own helpers: its network service, zygotes, and the like. */
export const ProcessKind = Type.Union([
  Type.Literal('controller'),
  Type.Literal('chrome'),
  Type.Literal('tab'),
  Type.Literal('ai'),
  Type.Literal('storage'),
  Type.Literal('network'),
  Type.Literal('audio'),
  Type.Literal('compositor'),
  Type.Literal('gpu'),
  Type.Literal('engine'),
])
export type ProcessKind = Static<typeof ProcessKind>

/** One row of the process tree. Null means: not known on this platform, or not running. */
export const ProcessRow = Type.Object({
  id: Type.String({ maxLength: 100 }),
  parentId: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  kind: ProcessKind,
  /** "Nexus core", "Storage", or the site of a tab. */
  name: Type.String({ maxLength: 500, sensitive: true }),
  /** Title of the tab, or what the service is for. */
  detail: Type.String({ maxLength: 2_000, sensitive: true }),
  site: Type.Union([Type.String({ maxLength: 500, sensitive: true }), Type.Null()]),
  state: LifecycleState,
  pid: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** Of one core, so that two busy threads read 200; null before the second sample. */
  cpuPercent: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  memoryBytes: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  memoryLimitBytes: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  uptimeMs: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** Messages of Nexus's own framework that this process received and sent. */
  messagesIn: Type.Integer({ minimum: 0 }),
  messagesOut: Type.Integer({ minimum: 0 }),
  restarts: Type.Integer({ minimum: 0 }),
  /** Whether the person may end it from the panel. */
  canEnd: Type.Boolean(),
  tabIds: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 1_000 }),
})
export type ProcessRow = Static<typeof ProcessRow>

/** Parents come before their children. */
export const ProcessTree = Type.Object({
  sampledAt: Type.Integer({ minimum: 0 }),
  rows: Type.Array(ProcessRow, { maxItems: 5_000 }),
  machine: Type.Object({
    cores: Type.Integer({ minimum: 1 }),
    memoryBytes: Type.Number({ minimum: 0 }),
    freeMemoryBytes: Type.Number({ minimum: 0 }),
    description: Type.String({ maxLength: 500 }),
  }),
})
export type ProcessTree = Static<typeof ProcessTree>
