import { IpcError } from '../ipc/errors.ts'
import type { StartInstance } from './instance.ts'
import type { ScratchProfile } from './scratch-profile.ts'
import type { Session } from './session.ts'

/** What the command line stands on; everything that reaches outside is handed in. */
export interface Surface {
  readonly print: (text: string) => void
  /** For everything that is not the result: progress and errors for people. */
  readonly note: (text: string) => void
  readonly isTerminal: boolean
  readonly columns: number
  /** Null when no browser is running. */
  readonly connect: () => Promise<Session | null>
  readonly startInstance: StartInstance
  /** A profile and a browser of its own, for commands that must not touch the person's. */
  readonly createScratchProfile: () => Promise<ScratchProfile>
  /** Where the names of files start from. */
  readonly folder: string
  /** Aborting the signal ends the sleep early, so that it does not keep the program from ending. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** Milliseconds that never run backwards. */
  readonly now: () => number
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
}

/** A command cannot be done; the message is for the person. */
export class CommandError extends IpcError {}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
