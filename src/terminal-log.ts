import type { Log } from '../ipc/log.ts'

/** Warnings and errors go to the terminal; the rest only when asked for with NEXUS_VERBOSE=1. */
export const terminalLog: Log = entry => {
  const isQuiet = entry.level === 'debug' || entry.level === 'info'
  if (isQuiet && process.env.NEXUS_VERBOSE !== '1') return
  const details = entry.details === undefined ? '' : ` ${JSON.stringify(entry.details)}`
  console.error(`[nexus] ${entry.level}: ${entry.message}${details}`)
}
