import type { DevToolsSession } from '../chromium/devtools.ts'

/** Isolates ever seen; each belongs to one renderer process for good. */
const pidByIsolate = new Map<string, number>()
const keptIsolates = 2000
/**
 * How long a trace may take to begin, and then to end. Chromium gives a process that starts, ends or hangs meanwhile
 * five seconds, and tells of the frames after that.
 */
const traceTimeoutMs = 6_000
const attempts = 3

/** A process that somebody wants to know. */
interface Search {
  readonly session: DevToolsSession
  readonly frameId: string | null
  readonly currentContext: () => string | null
  readonly found: (pid: number | null) => void
  attemptsLeft: number
}

const searches = new Set<Search>()
let isSearching = false

/**
 * The renderer process of a page's main frame. DevTools does not tell it; but the unique id of an execution
 * context begins with the id of its V8 isolate, one for each renderer, and a short trace tells the process of
 * each frame. So a trace is needed only for a renderer that we have not seen before, and one for all frames of a page
 * that wait for one. Null when the page is gone or three traces did not tell.
 *
 * @param frameId another frame than the main one, which may have a process of its own
 * @param currentContext the unique id of the frame's context, as it is now; null while there is none
 */
export function pidOfPage(
  session: DevToolsSession,
  currentContext: () => string | null,
  frameId: string | null = session.targetId,
): Promise<number | null> {
  const { promise, resolve: found } = Promise.withResolvers<number | null>()
  searches.add({ session, frameId, currentContext, found, attemptsLeft: attempts })
  if (!isSearching) void searchAll()
  return promise
}

/** Tracing is one for the whole browser: page after page. */
async function searchAll(): Promise<void> {
  isSearching = true
  for (;;) {
    const [first] = searches
    if (first === undefined) break
    const alike = [...searches].filter(({ session }) => session === first.session)
    for (const search of alike) searches.delete(search)
    await searchTogether(first.session, alike)
  }
  isSearching = false
}

/** Of one page. Whom the trace did not tell, or not for sure, is put back. */
async function searchTogether(session: DevToolsSession, alike: readonly Search[]): Promise<void> {
  const asked = alike.flatMap(search => {
    const context = search.currentContext()
    const known = knownPidOfPage(context)
    if (known === null && context !== null && !session.isDetached && search.attemptsLeft > 0)
      return [{ search, context }]
    search.found(known)
    return []
  })
  if (asked.length === 0) return
  const pids = await trace(session)
  for (const { search, context } of asked) {
    const pid = search.frameId === null ? undefined : pids.get(search.frameId)
    // A trace that a navigation overtook tells of either process.
    if (pid === undefined || search.currentContext() !== context) {
      search.attemptsLeft -= 1
      searches.add(search)
      continue
    }
    remember(context, pid)
    search.found(pid)
  }
}

function remember(contextUniqueId: string, pid: number): void {
  const isolate = isolateOf(contextUniqueId)
  if (isolate === null) return
  pidByIsolate.set(isolate, pid)
  const oldest = pidByIsolate.keys().next()
  if (pidByIsolate.size > keptIsolates && !oldest.done) pidByIsolate.delete(oldest.value)
}

/** The pid when it is known already. */
export function knownPidOfPage(contextUniqueId: string | null): number | null {
  const isolate = isolateOf(contextUniqueId)
  return isolate === null ? null : (pidByIsolate.get(isolate) ?? null)
}

function isolateOf(contextUniqueId: string | null): string | null {
  const dot = contextUniqueId?.indexOf('.') ?? -1
  return contextUniqueId && dot > 0 ? contextUniqueId.slice(0, dot) : null
}

interface TracedFrames {
  readonly name?: string
  readonly args?: { readonly data?: { readonly frames?: readonly { frame?: string; processId?: number }[] } }
}

/** The processes of the frames of a page, by the ids of the frames; empty when the page did not tell. */
async function trace(session: DevToolsSession): Promise<ReadonlyMap<string, number>> {
  const pids = new Map<string, number>()
  using _listener = session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as readonly TracedFrames[])
      if (event.name === 'TracingStartedInBrowser')
        for (const frame of event.args?.data?.frames ?? [])
          if (frame.frame !== undefined && frame.processId) pids.set(frame.frame, frame.processId)
  })
  const complete = Promise.withResolvers<void>()
  using _complete = session.on('Tracing.tracingComplete', () => complete.resolve())
  using _detached = session.onDetached(() => complete.resolve())
  const started = session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    // What is traced by default comes along, many times as much. With everything else excluded, three traces of ten
    // told of no frames for five seconds.
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
  })
  await within(traceTimeoutMs, started)
  // Also when it did not begin in time: a trace left running would be in the way of all others.
  const ended = session.send('Tracing.end').then(
    () => complete.promise,
    () => {},
  )
  await within(traceTimeoutMs, ended)
  return pids
}

async function within(timeoutMs: number, promise: Promise<unknown>): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  await Promise.race([promise.catch(() => {}), timeout])
  clearTimeout(timer)
}
