import { IpcError } from '../ipc/errors.ts'
import type { Session } from './session.ts'
import { CommandError, type Surface, wordsOf } from './surface.ts'

/** The first start may have to set up and build. */
const startDeadlineMs = 180_000
/** Once the browser itself has been launched it is up within seconds, or not at all. */
const launchDeadlineMs = 60_000
const startPollMs = 100
/** How long a browser that was asked to quit may take until we stop watching it. */
const quitPatienceMs = 10_000
/** A browser that listens already may still be opening its window. */
const readyDeadlineMs = 30_000

/** Rejects with NOT_RUNNING: for commands that start no browser. */
export async function connectOnly(surface: Surface): Promise<Session> {
  const session = await surface.connect()
  if (session === null) throw new CommandError('NOT_RUNNING', 'Nexus is not running.')
  return session
}

/** `isOurs` when the browser was started for this command. Rejects with START_FAILED. */
export async function connectOrStart(surface: Surface): Promise<{ session: Session; isOurs: boolean }> {
  const running = await surface.connect()
  if (running !== null) return { session: running, isOurs: false }
  surface.note('Starting Nexus without a window…\n')
  const starting = surface.startInstance()
  const startedAt = surface.now()
  let launchedAt: number | null = null
  while (surface.now() < Math.min(startedAt + startDeadlineMs, (launchedAt ?? Infinity) + launchDeadlineMs)) {
    const session = await surface.connect()
    if (session !== null) return { session, isOurs: true }
    const state = starting.state()
    if (state.kind === 'failed') throw new CommandError('START_FAILED', state.reason)
    if (state.kind === 'launched') launchedAt ??= surface.now()
    if (surface.signal.aborted) throw new CommandError('CANCELLED', 'Interrupted while Nexus was starting.')
    await surface.sleep(startPollMs)
  }
  throw new CommandError(
    'START_FAILED',
    `Nexus was started, but does not answer.\n${starting.output()}`.trim(),
  )
}

/** Repeats a call while the browser says that it is still starting. */
export async function whenReady<Result>(surface: Surface, call: () => Promise<Result>): Promise<Result> {
  const giveUpAt = surface.now() + readyDeadlineMs
  for (;;) {
    try {
      return await call()
    } catch (error) {
      const isStarting = error instanceof IpcError && error.code === 'NOT_READY'
      if (!isStarting || surface.now() >= giveUpAt || surface.signal.aborted) throw error
      await surface.sleep(startPollMs)
    }
  }
}

/** Waits until the browser has gone, but not for ever. */
export async function endOf(session: Session, surface: Surface): Promise<void> {
  const waiting = new AbortController()
  await Promise.race([session.ended, surface.sleep(quitPatienceMs, waiting.signal)])
  waiting.abort()
}

/** Ends a browser that was started for a command. */
export async function endInstance(session: Session, surface: Surface): Promise<void> {
  try {
    await session.control.quit({})
    await endOf(session, surface)
  } catch (error) {
    // It may be gone already; that is what was wanted.
    if (!(error instanceof IpcError && error.code === 'PROCESS_TERMINATED')) {
      surface.note(`Nexus could not be ended: ${wordsOf(error)}\n`)
    }
  }
}
