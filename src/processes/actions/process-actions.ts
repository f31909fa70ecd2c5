import type { ProcessAction } from '../../../contracts/processes.ts'
import { UnknownProcessError } from '../../messaging/browser-errors.ts'
import type { EndCause, KnownProcess, ProcessBook } from '../book/known-process.ts'
import { ActionNotPossibleError } from './action-errors.ts'
import { possibleActions, whyNot } from './possible-actions.ts'

/** What can be done to the processes of one sort, each called only when it is possible. */
export interface ActionHands {
  /** Asks it to end where it can be asked. */
  end(process: KnownProcess): void
  suspend(process: KnownProcess): void
  resume(process: KnownProcess): void
  restart(process: KnownProcess): void
}

export interface ActionPriorities {
  possible(process: KnownProcess): { readonly raise: boolean; readonly lower: boolean }
  raise(id: string): void
  lower(id: string): void
}

export interface ProcessActionsOptions {
  readonly book: Pick<ProcessBook, 'find' | 'noteEnd'>
  readonly handsOf: (process: KnownProcess) => ActionHands
  /** Null while nobody sets priorities. */
  readonly priorities: () => ActionPriorities | null
  /** Ends a process by force. */
  readonly kill: (pid: number) => void
  readonly platform: NodeJS.Platform
}

const byPerson: EndCause = { kind: 'person' }

/** What a person may do with processes, wherever they ask for it: the panel, the page, the command line. */
export class ProcessActions {
  readonly #options: ProcessActionsOptions

  constructor(options: ProcessActionsOptions) {
    this.#options = options
  }

  possible(process: KnownProcess): ProcessAction[] {
    return possibleActions(process, this.#facts(process))
  }

  /**
   * Does it, or begins to. The process is looked up in the book, never taken on trust. Throws UNKNOWN_PROCESS for one that
   * is gone, and ACTION_NOT_POSSIBLE, which says why.
   */
  act(processId: string, action: ProcessAction): void {
    const process = this.#options.book.find(processId)
    if (process === null) throw new UnknownProcessError(processId)
    const reason = whyNot(process, action, this.#facts(process))
    if (reason !== null) throw new ActionNotPossibleError(reason)
    const hands = this.#options.handsOf(process)
    switch (action) {
      case 'end':
        this.#noteEnd(process)
        hands.end(process)
        return
      case 'forceEnd':
        this.#noteEnd(process)
        if (process.pid !== null) this.#options.kill(process.pid)
        return
      case 'suspend':
        hands.suspend(process)
        return
      case 'resume':
        hands.resume(process)
        return
      case 'restart':
        this.#noteEnd(process)
        hands.restart(process)
        return
      case 'raisePriority':
        this.#options.priorities()?.raise(processId)
        return
      case 'lowerPriority':
        this.#options.priorities()?.lower(processId)
        return
    }
  }

  #noteEnd({ pid }: KnownProcess): void {
    if (pid !== null) this.#options.book.noteEnd(pid, byPerson)
  }

  #facts(process: KnownProcess) {
    const priorities = this.#options.priorities()
    const { raise, lower } = priorities?.possible(process) ?? { raise: false, lower: false }
    return { platform: this.#options.platform, canRaise: raise, canLower: lower }
  }
}
