import type { Details } from 'electron'

/** A process forked by the application (`utilityProcess.fork`) while it lives. */
export interface RegisteredProcess {
  readonly pid: number
  readonly name: string
  readonly serviceName: string
  readonly startedAtMs: number
}

const registered = new Map<number, RegisteredProcess>()
const goneListeners = new Set<(details: Details) => void>()

/** For utilityProcess: the process counts in `app.getAppMetrics()` until the result is disposed of. */
export function registerUtilityProcess(process: RegisteredProcess): Disposable {
  registered.set(process.pid, process)
  return { [Symbol.dispose]: () => registered.delete(process.pid) }
}

export function registeredProcesses(): RegisteredProcess[] {
  return [...registered.values()]
}

/** For utilityProcess: makes the app emit `child-process-gone`. */
export function announceChildProcessGone(details: Details): void {
  for (const listener of goneListeners) listener(details)
}

/** @internal */
export function onChildProcessGone(listener: (details: Details) => void): void {
  goneListeners.add(listener)
}
