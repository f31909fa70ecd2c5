import type { DevToolsSession } from '../chromium/devtools.ts'

/** Isolates ever seen; each belongs to one renderer process for good. */
const pidByIsolate = new Map<string, number>()
const keptIsolates = 2000
const traceTimeoutMs = 4000

/** Tracing is one for the whole browser: one after the other. */
let tracing: Promise<unknown> = Promise.resolve()

/**
 * The renderer process of a page's main frame. DevTools does not tell it; but the unique id of an execution
 * context begins with the id of its V8 isolate, one for each renderer, and a short trace tells the process of
 * each frame. So a trace is needed only for a renderer that we have not seen before.
 */
export async function pidOfPage(
  session: DevToolsSession,
  contextUniqueId: string | null,
): Promise<number | null> {
  const isolate = isolateOf(contextUniqueId)
  const known = isolate === null ? undefined : pidByIsolate.get(isolate)
  if (known !== undefined) return known
  const traced = tracing.then(() => trace(session))
  tracing = traced.catch(() => {})
  const pid = await traced
  if (pid === null) return null
  if (isolate !== null) {
    pidByIsolate.set(isolate, pid)
    const oldest = pidByIsolate.keys().next()
    if (pidByIsolate.size > keptIsolates && !oldest.done) pidByIsolate.delete(oldest.value)
  }
  return pid
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

async function trace(session: DevToolsSession): Promise<number | null> {
  if (session.isDetached) return null
  let pid: number | null = null
  using _listener = session.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as readonly TracedFrames[])
      if (event.name === 'TracingStartedInBrowser')
        for (const frame of event.args?.data?.frames ?? [])
          if (frame.frame === session.targetId && frame.processId) pid = frame.processId
  })
  const complete = Promise.withResolvers<void>()
  using _complete = session.on('Tracing.tracingComplete', () => complete.resolve())
  using _detached = session.onDetached(() => complete.resolve())
  const timer = setTimeout(() => complete.resolve(), traceTimeoutMs)
  try {
    // Commands of a session keep their order, so both can be sent at once; a hung renderer answers neither.
    const started = session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
    })
    started.then(() => session.send('Tracing.end')).catch(() => complete.resolve())
    await complete.promise
  } finally {
    clearTimeout(timer)
  }
  return pid
}
