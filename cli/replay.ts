import path from 'node:path'
import { systemClock } from '../ipc/clock.ts'
import { IpcError } from '../ipc/errors.ts'
import { NotReplayable, type ReplayedCall, replay } from '../ipc/recording/player.ts'
import { callsTo } from '../ipc/recording/recorded-calls.ts'
import { decodeValue, encodeValue, type Json } from '../ipc/recording/recorded-value.ts'
import { readLines } from '../ipc/recording/recording-file.ts'
import { type RecordingEntry, RecordingReader } from '../ipc/recording/recording-reader.ts'
import type { ReplayCommand } from './command.ts'
import { connectOrStart, endInstance, whenReady } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Session } from './session.ts'
import { CommandError, type Surface } from './surface.ts'
import { jsonLine, plainText } from './terminal-text.ts'

/** The browser failed, which is no outcome of a recorded call. */
class Broken extends Error {
  constructor(cause: unknown) {
    super('The replay broke off', { cause })
  }
}

const shownCharacters = 200
const shownBadLines = 10

/**
 * Makes the calls of a recording that went to one service again, at that service of a fresh browser with an empty
 * profile of its own, and shows what differs. The person's own profile is never touched.
 */
export async function replayRecording(command: ReplayCommand, surface: Surface): Promise<ExitCode> {
  const calls = callsTo(command.service, await entriesOf(command, surface))
  if (calls.length === 0) {
    throw new CommandError('NOTHING_TO_REPLAY', `The recording holds no calls to ${command.service}.`)
  }
  await using scratch = await surface.createScratchProfile()
  const { session } = await connectOrStart({ ...surface, ...scratch })
  using connected = session
  try {
    const outcomes = await replay({
      calls,
      call: callsAt(connected, command, surface),
      pacing: command.isPaced ? 'original' : 'none',
      clock: systemClock,
      signal: surface.signal,
      onCall: outcome => {
        if (!command.isJson) surface.print(describe(outcome))
      },
    })
    return conclude(outcomes, command, surface)
  } catch (error) {
    if (surface.signal.aborted) throw new CommandError('CANCELLED', 'Interrupted.')
    throw error instanceof Broken ? error.cause : error
  } finally {
    await endInstance(connected, surface)
  }
}

/** All lines that can be used; the others are named. Rejects with NOT_A_RECORDING. */
async function entriesOf(
  { file, isJson }: ReplayCommand,
  surface: Surface,
): Promise<readonly RecordingEntry[]> {
  const reader = new RecordingReader()
  const entries: RecordingEntry[] = []
  let bad = 0
  for await (const line of readLines(path.resolve(surface.folder, file))) {
    const entry = reader.read(line)
    if (entry === null) continue
    entries.push(entry)
    if (entries.length === 1 && entry.kind !== 'header') {
      throw new CommandError('NOT_A_RECORDING', `${file} is not a recording of "nexus record".`)
    }
    if (entry.kind === 'bad') bad += 1
    if (entry.kind === 'bad' && bad <= shownBadLines && !isJson) {
      surface.note(`Line ${entry.line} is of no use: ${plainText(entry.reason)}\n`)
    }
    if (entry.kind === 'gap' && !isJson)
      surface.note(`${entry.lost} messages are missing at line ${entry.line}.\n`)
  }
  if (bad > shownBadLines && !isJson) surface.note(`${bad} lines in all are of no use.\n`)
  if (entries.length === 0) throw new CommandError('NOT_A_RECORDING', `${file} is empty.`)
  return entries
}

function callsAt(
  { control }: Session,
  { service }: ReplayCommand,
  surface: Surface,
): (method: string, args: unknown) => Promise<unknown> {
  return async (method, args) => {
    const call = { service, method, argsJson: JSON.stringify(encodeValue(args)) }
    const result = await whenReady(surface, () => control.replay(call)).catch((error: unknown) => {
      const isSkipped = error instanceof IpcError && error.code === 'NOT_REPLAYABLE'
      throw isSkipped ? new NotReplayable(error.message) : new Broken(error)
    })
    if (result.status === 'error') throw new IpcError(result.code, result.message)
    return decodeValue(JSON.parse(result.resultJson) as Json)
  }
}

function conclude(outcomes: readonly ReplayedCall[], { isJson }: ReplayCommand, surface: Surface): ExitCode {
  const count = (kind: ReplayedCall['kind']): number => outcomes.filter(one => one.kind === kind).length
  const [same, different] = [count('same'), count('different')]
  const [notCompared, skipped] = [count('notCompared'), count('skipped')]
  surface.print(
    isJson
      ? jsonLine({ same, different, notCompared, skipped, calls: outcomes.map(reportOf) })
      : `${same} the same, ${different} different, ${notCompared} without an outcome to compare, ${skipped} skipped\n`,
  )
  return different === 0 ? exitCode.done : exitCode.different
}

/** Scripts rely on these names. */
function reportOf(outcome: ReplayedCall): unknown {
  const { line, id, method } = outcome.call
  const call = { line, id, method, outcome: outcome.kind }
  switch (outcome.kind) {
    case 'same':
    case 'notCompared':
      return call
    case 'skipped':
      return { ...call, reason: outcome.reason }
    case 'different':
      return {
        ...call,
        differences: outcome.differences.map(({ path: place, recorded, replayed }) => ({
          path: place,
          recorded: encodeValue(recorded),
          replayed: encodeValue(replayed),
        })),
      }
  }
}

function describe(outcome: ReplayedCall): string {
  const { line, method } = outcome.call
  const start = plainText(`line ${line} ${method}: `)
  switch (outcome.kind) {
    case 'same':
      return `${start} the same\n`
    case 'notCompared':
      return `${start} made; the recording does not tell what came of it\n`
    case 'skipped':
      return `${start} skipped: ${plainText(outcome.reason)}\n`
    case 'different':
      return [
        `${start} different`,
        ...outcome.differences.map(
          ({ path: place, recorded, replayed }) =>
            `  ${plainText(place)}: was ${shown(recorded)}, is ${shown(replayed)}`,
        ),
        '',
      ].join('\n')
  }
}

function shown(value: unknown): string {
  const text = plainText(value === undefined ? 'nothing' : JSON.stringify(encodeValue(value)))
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}…`
}
