import { signalProcess } from './signal-process.ts'

/** Ends a process by force, whatever it does at that moment. Throws a RangeError for what is no process. */
export function endProcess(pid: number): void {
  signalProcess(pid, 'SIGKILL')
}
