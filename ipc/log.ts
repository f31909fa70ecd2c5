/** One thing worth telling whoever looks after the program. Never page content, never addresses of pages. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

export type Log = (entry: LogEntry) => void

export const silentLog: Log = () => {}
