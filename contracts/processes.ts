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

/** How much of the processors a process is given, by what it does for the person now. */
export const ProcessPriority = Type.Union([
  /** The controller. */
  Type.Literal('critical'),
  /** What is in view, and what draws it. */
  Type.Literal('high'),
  Type.Literal('normal'),
  Type.Literal('low'),
  /** What nobody waits for. */
  Type.Literal('background'),
])
export type ProcessPriority = Static<typeof ProcessPriority>

/** What a person may do with a process. `end` asks it first where it can be asked; `forceEnd` does not. */
export const ProcessAction = Type.Union([
  Type.Literal('end'),
  Type.Literal('forceEnd'),
  Type.Literal('suspend'),
  Type.Literal('resume'),
  Type.Literal('restart'),
  Type.Literal('raisePriority'),
  Type.Literal('lowerPriority'),
])
export type ProcessAction = Static<typeof ProcessAction>

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
  /** Of the network, in and out, within the last second; null where nobody counts them for it alone. */
  networkBytesPerSecond: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  priority: Type.Union([ProcessPriority, Type.Null()]),
  /** What may be done with it now. */
  actions: Type.Array(ProcessAction, { maxItems: 7 }),
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

/** One step in the life of one process, for the time line. Of private tabs neither site nor title is told. */
export const LifecycleEntry = Type.Object({
  /** Milliseconds since the epoch. */
  at: Type.Number({ minimum: 0 }),
  /** That of its row. */
  processId: Type.String({ maxLength: 100 }),
  kind: ProcessKind,
  name: Type.String({ maxLength: 500, sensitive: true }),
  pid: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
  /** The state that it came into. */
  state: LifecycleState,
  /** Why, where there is something to say: "killed", "memory limit", "given up after 5 restarts". */
  cause: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
})
export type LifecycleEntry = Static<typeof LifecycleEntry>

/** What was done to start a process, in the order of doing. */
export const LaunchStep = Type.Object({
  step: Type.Union([
    Type.Literal('identity'),
    Type.Literal('sandbox'),
    Type.Literal('launch'),
    Type.Literal('channels'),
    Type.Literal('registration'),
  ]),
  /** Milliseconds since the epoch. */
  at: Type.Number({ minimum: 0 }),
})
export type LaunchStep = Static<typeof LaunchStep>

/** What one process may do, as it was launched. Shown to the person; enforced where the process is made. */
export const SandboxConfiguration = Type.Object({
  /** The operating system holds it, or we do within it, against its own code only. */
  enforcedBy: Type.Union([Type.Literal('system'), Type.Literal('self'), Type.Literal('nobody')]),
  readsFiles: Type.Union([Type.Literal('none'), Type.Literal('folders'), Type.Literal('any')]),
  writesFiles: Type.Union([Type.Literal('none'), Type.Literal('folders'), Type.Literal('any')]),
  /** Where, for `folders`. */
  folders: Type.Array(Type.String({ maxLength: 4_096, sensitive: true }), { maxItems: 20 }),
  network: Type.Boolean(),
  gpu: Type.Boolean(),
  childProcesses: Type.Boolean(),
})
export type SandboxConfiguration = Static<typeof SandboxConfiguration>
