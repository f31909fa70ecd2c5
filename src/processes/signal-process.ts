/**
 * Sends a signal to one process. One that has ended meanwhile is no error. Throws a RangeError for what is no process: to
 * the system 0 and negative numbers mean whole groups of processes, our own among them.
 */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  if (!Number.isSafeInteger(pid) || pid <= 1)
    throw new RangeError(`${pid} is not a process that can be ended`)
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
