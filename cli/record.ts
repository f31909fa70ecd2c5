import path from 'node:path'
import { IpcError } from '../ipc/errors.ts'
import { RecordingFile } from '../ipc/recording/recording-file.ts'
import type { RecordCommand } from './command.ts'
import { connectOnly } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Session } from './session.ts'
import type { Surface } from './surface.ts'

/** How long messages wait in the browser until they are fetched. */
const pollMs = 200

/**
 * Writes what the browser's core says and hears until the time is over, Ctrl+C, the end of the browser, or a full
 * recording. A disk without room ends the recording; the browser knows nothing of it.
 */
export async function record({ out, seconds, isWhole }: RecordCommand, surface: Surface): Promise<ExitCode> {
  using session = await connectOnly(surface)
  const file = path.resolve(surface.folder, out)
  await using recording = await RecordingFile.create(file)
  surface.note(
    isWhole
      ? 'The recording holds everything, also addresses, titles and text of pages. Only you can read the file.\n'
      : 'The recording holds names and times of messages and what they say, without addresses, titles and text of ' +
          'pages. Only you can read the file.\n',
  )
  if (surface.isTerminal) surface.note('Ctrl+C ends it.\n')
  const endAt = surface.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1_000
  let written = 0
  let isFull = false
  for (let isOver = false; !isOver; ) {
    const isLast = surface.signal.aborted || surface.now() >= endAt
    const batch = await fetchLines(session, { isWhole, isLast })
    if (batch === null) {
      surface.note('Nexus has ended, and the recording with it.\n')
      break
    }
    await recording.append(batch.lines)
    written += batch.lines.length
    isOver = batch.isOver
    isFull = isOver && !isLast
    // What is left comes without waiting.
    if (!isOver && !isLast) {
      await surface.sleep(Math.max(0, Math.min(pollMs, endAt - surface.now())), surface.signal)
    }
  }
  if (isFull) surface.note('The recording is as large as one may be, and ends here.\n')
  surface.print(`${written} lines: ${file}\n`)
  return exitCode.done
}

/** Null when the browser has gone. */
async function fetchLines(
  session: Session,
  options: { readonly isWhole: boolean; readonly isLast: boolean },
): Promise<{ lines: string[]; isOver: boolean } | null> {
  try {
    return await session.control.record(options)
  } catch (error) {
    if (error instanceof IpcError && error.code === 'PROCESS_TERMINATED') return null
    throw error
  }
}
