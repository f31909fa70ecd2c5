import type {
  LifecycleEntry,
  LifecycleState,
  ProcessKind,
  ProcessPriority,
} from '../../../contracts/processes.ts'

/** A process that runs, or would be run when it is needed, as the rest of main may know it. */
export interface KnownProcess {
  /** That of its row: "controller", "chrome", "service:ai", "renderer:4711", "frame:4712:renderer:4711", "engine:12". */
  readonly id: string
  readonly kind: ProcessKind
  /** "Storage", or the site of a tab. */
  readonly name: string
  readonly pid: number | null
  readonly state: LifecycleState
  /** Milliseconds since the epoch. */
  readonly startedAt: number | null
  readonly restarts: number
  /** Of pages. */
  readonly tabIds: readonly string[]
  readonly site: string | null
  readonly isPrivate: boolean
  /** Whether it draws the tab that the person looks at. */
  readonly isInView: boolean
  readonly priority: ProcessPriority | null
}

/** Why we ended a process, so that what follows its end can say so. */
export type EndCause =
  /** It held more than it may. */
  | { readonly kind: 'memoryLimit'; readonly memoryBytes: number; readonly limitBytes: number }
  /** It did not answer. */
  | { readonly kind: 'hung' }
  | { readonly kind: 'person' }
  /** It is not needed now, and comes back when it is. */
  | { readonly kind: 'rest' }

/** Every process there is, and what became of those that were. */
export interface ProcessBook {
  all(): readonly KnownProcess[]
  find(id: string): KnownProcess | null
  byPid(pid: number): KnownProcess | null
  /** The latest steps in the lives of all processes, oldest first. */
  readonly entries: readonly LifecycleEntry[]
  /** Told once a turn after anything in `all` may have changed. */
  onDidChange(listener: () => void): Disposable
  onEntry(listener: (entry: LifecycleEntry, process: KnownProcess) => void): Disposable
  /** To be said before a process is ended; `causeOf` then tells it to whoever sees the end. */
  noteEnd(pid: number, cause: EndCause): void
  /** Null when we did not end it. */
  causeOf(pid: number): EndCause | null
}
