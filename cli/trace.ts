import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { chromeTraceOf } from '../ipc/tracing/chrome-trace.ts'
import { type JoinedCall, mergeTraces } from '../ipc/tracing/merge-traces.ts'
import type { TraceCommand } from './command.ts'
import { connectOnly } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Surface } from './surface.ts'
import { jsonLine, plainText } from './terminal-text.ts'

const slowestShown = 5

/** Waits, then writes the calls of that time as a Chrome trace. Ctrl+C ends the waiting, not the writing. */
export async function trace({ seconds, out, isJson }: TraceCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const startedAt = surface.now()
  if (surface.isTerminal && !isJson) surface.note(`Looking on for ${seconds} s; Ctrl+C ends it early.\n`)
  await surface.sleep(seconds * 1_000, surface.signal)
  const windowMs = Math.max(0, surface.now() - startedAt)
  const { processes, unanswered } = await session.control.trace({ windowMs })
  const merged = mergeTraces(processes)
  const chrome = chromeTraceOf(merged)
  const file = path.resolve(surface.folder, out ?? fileNameOf(chrome.otherData.startedAt ?? ''))
  await writeFile(file, JSON.stringify(chrome))
  const lost = processes.filter(one => one.lost > 0).map(one => one.endpoint)
  if (isJson) {
    surface.print(
      jsonLine({
        file,
        calls: merged.calls.length,
        processes: processes.map(one => one.endpoint),
        unanswered,
        lost,
      }),
    )
    return exitCode.done
  }
  surface.print(
    [
      `${merged.calls.length} calls of ${processes.length} processes: ${file}`,
      ...slowestOf(merged.calls),
      'Open it at ui.perfetto.dev or, in Chrome, at chrome://tracing.',
      '',
    ].join('\n'),
  )
  for (const service of unanswered) surface.note(`${plainText(service)} did not tell of its calls in time.\n`)
  for (const endpoint of lost) surface.note(`Older calls of ${plainText(endpoint)} were not kept.\n`)
  return exitCode.done
}

/** Where the time of the slowest calls went. */
function slowestOf(calls: readonly JoinedCall[]): readonly string[] {
  return calls
    .flatMap(({ call, ...names }) => (call === null ? [] : [{ ...names, call }]))
    .toSorted((left, right) => right.call.totalMs - left.call.totalMs)
    .slice(0, slowestShown)
    .map(({ method, caller, callee, call: { totalMs, queuedMs, wireMs, handlerMs, outcome } }) => {
      const parts = `queued ${ms(queuedMs)}, on the wire ${ms(wireMs)}, in the handler ${ms(handlerMs)}`
      const end = outcome === 'answered' ? '' : `, ${outcome}`
      return plainText(`${ms(totalMs)} ms ${method} ${caller} → ${callee}: ${parts}${end}`)
    })
}

function ms(milliseconds: number): string {
  return milliseconds.toFixed(milliseconds < 10 ? 2 : 0)
}

function fileNameOf(startedAt: string): string {
  return `nexus-trace-${startedAt.replaceAll(/[:.]/g, '-')}.json`
}
