/** The few calls on files that the mark needs; each throws as those of Node do. */
export interface MarkFile {
  read(): string
  /** Whole or not at all. */
  write(text: string): void
}

export interface RunMarkOptions {
  readonly file: MarkFile
  readonly pid: number
  readonly version: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly warn: (message: string) => void
}

/** A run of the browser that did not close down. */
export interface BrokenRun {
  readonly pid: number
  readonly startedAt: number
  readonly version: string
}

/** So often must bringing a tab back have gone wrong: once may be chance, such as a power cut. */
const failuresUntilHeldBack = 2
/** The latest are remembered. */
const mostFailures = 100

interface Marks {
  readonly pid: number
  readonly startedAt: number
  readonly version: string
  readonly isClosed: boolean
  /** Tabs that are being brought back now. */
  readonly restoring: readonly string[]
  /** How often bringing a tab back ended with the loss of its process, or of the browser. */
  readonly failures: readonly (readonly [tabId: string, count: number])[]
}

/**
 * What a run leaves in the profile while it lasts, and takes away when it closes down: a run that finds the mark of
 * another knows that it was not closed. It also says which tabs were being brought back meanwhile, so that one that takes
 * the browser along is not brought back again and again. Written at once, since nobody is told of a crash beforehand.
 */
export class RunMark {
  readonly #options: RunMarkOptions
  readonly #failures: Map<string, number>
  readonly #restoring = new Set<string>()
  /** Null when the last run closed down, and when there was none. */
  readonly brokenRun: BrokenRun | null
  #isClosed = false

  constructor(options: RunMarkOptions) {
    this.#options = options
    const before = readMarks(options.file)
    this.#failures = new Map(before?.failures ?? [])
    this.brokenRun = null
    if (before !== null && !before.isClosed) {
      const { pid, startedAt, version } = before
      this.brokenRun = { pid, startedAt, version }
      for (const tabId of before.restoring) this.#count(tabId)
    }
    this.#write()
  }

  isHeldBack(tabId: string): boolean {
    return (this.#failures.get(tabId) ?? 0) >= failuresUntilHeldBack
  }

  /** A tab of an earlier run loads for the first time in this one. */
  restoring(tabId: string): void {
    if (this.#restoring.has(tabId)) return
    this.#restoring.add(tabId)
    this.#write()
  }

  /** It came back, or at least did no harm. */
  restored(tabId: string): void {
    const wasRestoring = this.#restoring.delete(tabId)
    const hadFailed = this.#failures.delete(tabId)
    if (wasRestoring || hadFailed) this.#write()
  }

  /** Its process was lost while it was being brought back. */
  lost(tabId: string): void {
    if (!this.#restoring.delete(tabId)) return
    this.#count(tabId)
    this.#write()
  }

  /** The person closes the browser: what happens from now on is no crash of it. */
  close(): void {
    this.#isClosed = true
    this.#write()
  }

  #count(tabId: string): void {
    const count = (this.#failures.get(tabId) ?? 0) + 1
    this.#failures.delete(tabId)
    this.#failures.set(tabId, count)
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > mostFailures && oldest !== undefined) this.#failures.delete(oldest)
  }

  #write(): void {
    const { file, pid, startedAt, version, warn } = this.#options
    const marks: Marks = {
      pid,
      startedAt,
      version,
      isClosed: this.#isClosed,
      restoring: [...this.#restoring],
      failures: [...this.#failures],
    }
    try {
      file.write(JSON.stringify(marks))
    } catch (error) {
      warn(`A crash of this run will not be noticed: ${error instanceof Error ? error.message : 'no mark'}`)
    }
  }
}

/** Null where there is no mark, and for one that cannot be read. */
function readMarks(file: MarkFile): Marks | null {
  try {
    const found: unknown = JSON.parse(file.read())
    if (typeof found !== 'object' || found === null) return null
    const { pid, startedAt, version, isClosed, restoring, failures } = found as Partial<
      Record<keyof Marks, unknown>
    >
    if (typeof pid !== 'number' || typeof startedAt !== 'number' || typeof version !== 'string') return null
    return {
      pid,
      startedAt,
      version,
      isClosed: isClosed === true,
      restoring: Array.isArray(restoring) ? restoring.filter(one => typeof one === 'string') : [],
      failures: Array.isArray(failures) ? failures.filter(isFailure) : [],
    }
  } catch {
    return null
  }
}

function isFailure(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number'
}
