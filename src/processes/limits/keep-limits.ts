import { systemClock } from '../../../ipc/clock.ts'
import type { Application } from '../../application.ts'
import type { KnownProcess, ProcessBook } from '../book/known-process.ts'
import { endProcess } from '../end-process.ts'
import type { ProcessMonitor } from '../monitor/process-monitor.ts'
import type { MemoryPressure } from '../pressure/memory-pressure.ts'
import { isWorse } from '../pressure/pressure-level.ts'
import { LimitKeeper } from './limit-keeper.ts'
import { trimProcess } from './trim-process.ts'

export interface KeepLimitsOptions {
  readonly application: Application
  readonly monitor: ProcessMonitor
  readonly book: Pick<ProcessBook, 'all' | 'noteEnd'>
  readonly pressure: MemoryPressure
  /** Enters in the book what the engine runs for itself, which tells of it only when it is asked. */
  readonly followEngine: () => void
  readonly opened: DisposableStack
}

/** The graphics process is started anew seldom, and asking for it costs as much as a look at all processes. */
const followEngineEveryMs = 60_000

/** Holds the processes of the running browser to their memory, and asks all of them for it when the machine is short. */
export function keepLimits(options: KeepLimitsOptions): LimitKeeper {
  const { application, monitor, book, pressure, opened } = options
  const ask = (process: KnownProcess): Promise<boolean> => trimProcess(application, process)
  let followedAt = -Infinity
  const all = (): readonly KnownProcess[] => {
    if (systemClock.now() - followedAt >= followEngineEveryMs) {
      followedAt = systemClock.now()
      options.followEngine()
    }
    return book.all()
  }
  const keeper = opened.use(
    new LimitKeeper({
      book: { all, noteEnd: (pid, cause) => book.noteEnd(pid, cause) },
      memoryOf: pids => monitor.memoryOf(pids),
      settings: () => application.browser.getSnapshot().context.settings,
      ask,
      end: ({ pid }) => {
        if (pid !== null) endProcess(pid)
      },
      notify: notice => application.notify(notice),
      log: application.log,
      isOnBattery: () => pressure.isOnBattery,
    }),
  )
  keeper.start()
  let level = pressure.level
  opened.use(
    pressure.onDidChange(state => {
      if (isWorse(state.level, level)) freeAll(application, book, ask)
      level = state.level
    }),
  )
  return keeper
}

/** Whatever is not needed now goes first from what is not in view. What pages hold is for those that put tabs to sleep. */
function freeAll(
  { log }: Application,
  book: Pick<ProcessBook, 'all'>,
  ask: (process: KnownProcess) => Promise<boolean>,
): void {
  const asked = book.all().filter(({ kind, pid }) => pid !== null && kind !== 'tab' && kind !== 'engine')
  log({ level: 'info', message: `Memory is short: ${asked.length} processes are asked to free some` })
  for (const process of asked) ask(process).catch(() => {})
}
