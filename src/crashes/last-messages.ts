import type { SpanRecord } from '../../ipc/tracing/span-record.ts'

const mostMessages = 50
const longestName = 200

/**
 * Names of the last calls between the core and a process, oldest first: "→" for what the core asked of it, "←" for what
 * it asked of the core. What was in them is not known here.
 */
export function lastMessages(spans: readonly SpanRecord[], peer: string): string[] {
  return spans
    .filter(span => span.peer === peer)
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .slice(-mostMessages)
    .map(({ kind, method, outcome }) => {
      const said = `${kind === 'call' ? '→' : '←'} ${method}`
      return (outcome === 'answered' ? said : `${said} (${outcomeWords[outcome]})`).slice(0, longestName)
    })
}

const outcomeWords = { failed: 'failed', timedOut: 'no answer', cancelled: 'cancelled' } as const
