/** What a case is given. A case that needs more (a window, a page) gets it from the harness of its chapter. */
export interface CaseContext {
  /** Full name, `chapter: case`. */
  readonly name: string
  /** Runs after the case, passed or failed, last deferred first. */
  defer(cleanup: () => unknown): void
  /** Ends the case without a verdict. The reason is printed. */
  skip(reason: string): never
}

export type CaseBody<Context extends CaseContext> = (t: Context) => void | Promise<void>

export interface RegisteredCase<Context extends CaseContext = CaseContext> {
  readonly chapter: string
  readonly title: string
  readonly deadlineMs: number
  readonly body: CaseBody<Context>
}

export interface CaseResult {
  readonly chapter: string
  readonly title: string
  readonly verdict: 'passed' | 'failed' | 'skipped'
  readonly milliseconds: number
  /** Why it failed or was skipped. */
  readonly reason?: string
}

/** One line of the results file: a case begins (so that a crash can be laid at its door) or has ended. */
export type ResultRecord =
  | { readonly kind: 'began'; readonly chapter: string; readonly title: string }
  | { readonly kind: 'ended'; readonly result: CaseResult }

/** What the runner asks of one application process. Passed as JSON in CONFORMANCE_REQUEST. */
export interface RunRequest {
  readonly resultsFile: string
  readonly userData: string
  /** The file in app/chapters that has the chapter. */
  readonly file: string
  readonly chapter: string
  /** The process runs exactly these cases, in this order. */
  readonly titles: readonly string[]
}

export class SkippedCase extends Error {}

const defaultDeadlineMs = 10_000

/** Stretches every deadline, for machines that are busy with other things. */
export const patience = Number(process.env.CONFORMANCE_PATIENCE ?? '1')

/** The cases of one suite, in the order they were written. */
export class Registry<Context extends CaseContext> {
  readonly cases: RegisteredCase<Context>[] = []
  #chapter = ''

  chapter = (name: string, define: () => void): void => {
    this.#chapter = name
    define()
  }

  it = (title: string, body: CaseBody<Context>, options: { deadlineMs?: number } = {}): void => {
    const chapter = this.#chapter
    if (this.cases.some(other => other.chapter === chapter && other.title === title)) {
      throw new Error(`two cases are called "${chapter}: ${title}"`)
    }
    this.cases.push({ chapter, title, deadlineMs: options.deadlineMs ?? defaultDeadlineMs, body })
  }
}

/**
 * Runs one case to a verdict, never longer than its deadline (cleanup has two seconds of its own), so that a case
 * which hangs is a failure and not a hung suite.
 */
export async function runCase<Context extends CaseContext>(
  entry: RegisteredCase<Context>,
  contextOf: (base: CaseContext) => Context,
): Promise<CaseResult> {
  const cleanups: (() => unknown)[] = []
  const name = `${entry.chapter}: ${entry.title}`
  const context = contextOf({
    name,
    defer: cleanup => void cleanups.push(cleanup),
    skip: reason => {
      throw new SkippedCase(reason)
    },
  })
  const startedAt = performance.now()
  let verdict: CaseResult['verdict'] = 'passed'
  let reason: string | undefined
  try {
    await within(entry.deadlineMs, `took longer than ${entry.deadlineMs * patience} ms`, async () =>
      entry.body(context),
    )
  } catch (error) {
    verdict = error instanceof SkippedCase ? 'skipped' : 'failed'
    reason = error instanceof SkippedCase ? error.message : describe(error)
  }
  for (const cleanup of cleanups.reverse()) {
    try {
      await within(2_000, 'cleanup took longer than 2000 ms', async () => cleanup())
    } catch (error) {
      if (verdict === 'passed') {
        verdict = 'failed'
        reason = `in cleanup: ${describe(error)}`
      }
    }
  }
  const milliseconds = Math.round(performance.now() - startedAt)
  const result = { chapter: entry.chapter, title: entry.title, verdict, milliseconds }
  return reason === undefined ? result : { ...result, reason }
}

/** Fails with `message` when `work` has not settled in time. */
export async function within<T>(limitMs: number, message: string, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), limitMs * patience)
  })
  try {
    return await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const where = (error.stack ?? '').split('\n').find(line => /chapters|life\//.test(line))
  return where ? `${error.message} (${where.trim().replace(/.*[/\\]/, '')}` : error.message
}
