import type { Actor } from 'xstate'
import type { ProcessExit, processMachine } from '../../controller/process-machine.ts'
import { followedLife } from './followed-life.ts'
import type { ProcessRegister } from './process-register.ts'

/** A process that the engine runs for itself, as it tells of it. */
export interface EngineHelper {
  readonly pid: number
  /** Electron's word: "GPU", "Utility", "Zygote", "Tab"… */
  readonly type: string
  /** "Network Service" and the like, where the engine has a name for it. */
  readonly name: string
  readonly startedAt: number
}

interface Life {
  readonly actor: Actor<typeof processMachine>
  readonly type: string
}

/**
 * The lives of what the engine runs for itself. It tells of them only when it is asked, so that they appear when somebody
 * first looks; the end of its graphics process it tells by itself.
 */
export class EngineProcesses {
  readonly #register: ProcessRegister
  readonly #lives = new Map<string, Life>()
  #graphicsLosses = 0

  constructor(register: ProcessRegister) {
    this.#register = register
  }

  /** All that the engine runs now; what the book knows otherwise is passed over. */
  follow(all: readonly EngineHelper[]): void {
    const seen = new Set<string>()
    for (const helper of all) {
      const id = `engine:${helper.pid}`
      const known = this.#register.byPid(helper.pid)
      if (known !== null && known.id !== id) continue
      seen.add(id)
      if (!this.#lives.has(id)) this.#begin(id, helper)
    }
    for (const [id, { actor }] of this.#lives) {
      if (seen.has(id)) continue
      this.#lives.delete(id)
      actor.send({ type: 'stop' })
    }
  }

  /** The graphics process has gone. The engine starts another by itself. */
  graphicsGone(exit: ProcessExit): void {
    this.#graphicsLosses += 1
    const known = [...this.#lives].find(([, life]) => life.type === 'GPU')
    const id = known?.[0] ?? 'engine:graphics'
    const life = known?.[1] ?? this.#enter(id, 'GPU', 'Graphics')
    this.#lives.delete(id)
    life.actor.send({ type: 'exited', exit })
    life.actor.send({ type: 'stop' })
  }

  #begin(id: string, { pid, type, name, startedAt }: EngineHelper): void {
    const { actor } = this.#enter(id, type, engineName(type, name))
    actor.send({ type: 'spawned', pid, at: startedAt })
    actor.send({ type: 'welcomed' })
    // A page that the engine keeps ready does nothing yet.
    if (type !== 'Tab') actor.send({ type: 'busy' })
  }

  #enter(id: string, type: string, name: string): Life {
    const isGraphics = type === 'GPU'
    const life = { actor: followedLife(name, isGraphics ? this.#graphicsLosses : 0), type }
    this.#lives.set(id, life)
    const about = { name, tabIds: [], site: null, isPrivate: false, isInView: false }
    this.#register.add({ id, kind: isGraphics ? 'gpu' : 'engine', actor: life.actor, about: () => about })
    return life
  }
}

function engineName(type: string, name: string): string {
  switch (type) {
    case 'GPU':
      return 'Graphics'
    // A renderer that no view has: the engine keeps one warm for the next page.
    case 'Tab':
      return 'Spare page'
    default:
      return name === '' ? type : name
  }
}
