import type { DevToolsSession } from '../chromium/devtools.ts'

/** Isolates ever seen; each belongs to one renderer process for good. */
const pidByIsolate = new Map<string, number>()
const keptIsolates = 2000
/** How long a renderer may take to begin a trace, and then to end it; a hung one does neither. */
const traceTimeoutMs = 1500
const attempts = 3

/** Tracing is one for the whole browser: one after the other. */
let tracing: Promise<unknown> = Promise.resolve()

/**
 * The renderer process of a page's main frame. DevTools does not tell it; but the unique id of an execution
 * context begins with the id of its V8 isolate, one for each renderer, and a short trace tells the process of
 * each frame. So a trace is needed only for a renderer that we have not seen before.
 *
 * @param frameId another frame than the main one, which may have a process of its own
 * @param currentContext the unique id of the frame's context, as it is now; null while there is none
 */
export function pidOfPage(
  session: DevToolsSession,
  currentContext: () => string | null,
  frameId: string | null = session.targetId,
): Promise<number | null> {
  const found = tracing.then(async () => {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const context = currentContext()
      const known = knownPidOfPage(context)
      if (known !== null || session.isDetached || context === null) return known
      const pid = await trace(session, frameId)
      // A trace that a navigation overtook tells of either process.
      if (pid === null || currentContext() !== context) continue
      remember(context, pid)
      return pid
    }
    return null
  })
  tracing = found.catch(() => {})
  return found
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

async function trace(session: DevToolsSession, frameId: string | null): Promise<number | null> {
  let pid: number | null = null
  using _listener = session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as readonly TracedFrames[])
      if (event.name === 'TracingStartedInBrowser')
        for (const frame of event.args?.data?.frames ?? [])
          if (frame.frame === frameId && frame.processId) pid = frame.processId
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
  return pid
}

async function within(timeoutMs: number, promise: Promise<unknown>): Promise<void> {
  const { promise: timeout, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  await Promise.race([promise.catch(() => {}), timeout])
  clearTimeout(timer)
}
