import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { fromEngineUrl } from '../session/scheme-mapping.ts'

export interface ConsoleMessage {
  readonly level: 'debug' | 'info' | 'warning' | 'error'
  readonly message: string
  readonly lineNumber: number
  readonly sourceId: string
}

const levels: Readonly<Record<string, ConsoleMessage['level']>> = {
  debug: 'debug',
  verbose: 'debug',
  warning: 'warning',
  error: 'error',
  assert: 'error',
}

/** Listens to what a page and its scripts write to the console. Sends without waiting. */
export function listenToConsole(
  session: DevToolsSession,
  onMessage: (message: ConsoleMessage) => void,
): void {
  session.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
    if (type === 'clear' || type.endsWith('GroupEnd')) return
    const [top] = stackTrace?.callFrames ?? []
    onMessage({
      level: levels[type] ?? 'info',
      message: args.map(shown).join(' '),
      lineNumber: (top?.lineNumber ?? -1) + 1,
      sourceId: fromEngineUrl(top?.url ?? ''),
    })
  })
  session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
    const { text, exception, lineNumber, url } = exceptionDetails
    onMessage({
      level: 'error',
      message: exception?.description ? `${text} ${exception.description.split('\n')[0]}` : text,
      lineNumber: lineNumber + 1,
      sourceId: fromEngineUrl(url ?? ''),
    })
  })
  session.on('Log.entryAdded', ({ entry }) => {
    onMessage({
      level: levels[entry.level] ?? 'info',
      message: entry.text,
      lineNumber: (entry.lineNumber ?? -1) + 1,
      sourceId: fromEngineUrl(entry.url ?? ''),
    })
  })
  session.send('Log.enable').catch(() => {})
}

function shown({ type, value, description, unserializableValue }: Protocol.Runtime.RemoteObject): string {
  if (type === 'string') return String(value)
  return description ?? unserializableValue ?? String(value)
}
