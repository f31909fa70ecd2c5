import type { ProcessKind, SandboxConfiguration } from '../../../contracts/processes.ts'

/** Folders by what is in them; where they lie is known at the start. */
export type PlaceName = 'models' | 'profile' | 'filterLists' | 'hostsFile' | 'downloads'

export interface SandboxRow {
  readonly enforcedBy: SandboxConfiguration['enforcedBy']
  /** Beside its own code. */
  readonly reads: readonly PlaceName[] | 'any'
  readonly writes: readonly PlaceName[] | 'any'
  readonly network: boolean
  readonly gpu: boolean
  readonly childProcesses: boolean
  /** What its work needs of that, and who holds it to the rest, and how far. */
  readonly reason: string
}

const none: readonly PlaceName[] = []

/** What a page gets from the engine on every system: seccomp and namespaces on Linux, AppContainer, Seatbelt. */
const page = {
  enforcedBy: 'system',
  reads: none,
  writes: none,
  network: false,
  gpu: false,
  childProcesses: false,
} as const

/**
 * What each kind of process may do. Ours confine themselves (ipc/entry/confinement.ts): Electron's utility processes have
 * no sandbox of the system's, and its runtime does not read Node's `--permission` from their `execArgv`, which would let
 * SQLite and threads pass besides.
 * @see https://github.com/electron/electron/blob/main/shell/common/node_bindings.cc (NodeBindings::CreateEnvironment)
 * @see https://nodejs.org/api/permissions.html#permission-model-constraints
 */
export const sandboxTable: Readonly<Record<ProcessKind, SandboxRow>> = {
  controller: {
    enforcedBy: 'nobody',
    reads: 'any',
    writes: 'any',
    network: true,
    gpu: false,
    childProcesses: true,
    reason: 'It opens windows and starts all others. Nothing that a page sends is interpreted in it.',
  },
  chrome: {
    ...page,
    reason: 'It shows what main tells it. The engine shuts it in, and its policy loads nothing from the web.',
  },
  tab: {
    ...page,
    reason: 'It runs what strangers wrote. The engine shuts it in; requests go out by the network process.',
  },
  compositor: {
    ...page,
    gpu: true,
    reason: 'It draws pictures that it is handed, by way of the graphics process. The engine shuts it in.',
  },
  gpu: {
    ...page,
    enforcedBy: 'nobody',
    gpu: true,
    reason:
      'It speaks to the driver, whose files and devices it opens. Whether the engine shuts it in depends on the driver, and it does not tell.',
  },
  engine: {
    enforcedBy: 'nobody',
    reads: 'any',
    writes: 'any',
    network: true,
    gpu: false,
    childProcesses: true,
    reason: 'Helpers of the engine: it decides what each may do, and does not tell.',
  },
  ai: {
    enforcedBy: 'self',
    reads: ['models'],
    writes: none,
    network: false,
    gpu: false,
    childProcesses: false,
    reason:
      'It reads text of pages with its models. JavaScript is held; the native runtime of the models is not.',
  },
  storage: {
    enforcedBy: 'self',
    reads: ['profile'],
    writes: ['profile'],
    network: false,
    gpu: false,
    childProcesses: false,
    reason: 'It keeps one database and its copies. JavaScript is held; SQLite opens what it is told to.',
  },
  network: {
    enforcedBy: 'self',
    reads: ['profile', 'downloads', 'filterLists', 'hostsFile'],
    writes: ['profile', 'downloads'],
    network: true,
    gpu: false,
    childProcesses: false,
    reason:
      'All that pages fetch goes through it: of the profile it has the files of its cache, and where main says a download goes.',
  },
  audio: {
    enforcedBy: 'self',
    reads: none,
    writes: none,
    network: false,
    gpu: false,
    childProcesses: false,
    reason:
      'It turns bytes into samples. It and the threads of its codecs give up all files before they take any.',
  },
}
