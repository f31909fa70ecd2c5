import { type Actor, createActor } from 'xstate'
import type { LaunchStep } from '../../../contracts/processes.ts'
import type { Clock } from '../../../ipc/clock.ts'
import { type ProcessExit, processMachine } from '../../controller/process-machine.ts'
import type { EndCause } from '../book/known-process.ts'
import { actorClock } from './actor-clock.ts'
import { notePid } from './note-pid.ts'
import { supervisionPolicies } from './policies.ts'

/** What can be done to the page that draws the window. */
export interface ChromeHands {
  readonly pid: number | null
  /** Loads the page, in a new process when its last one has gone. It says hello when it is up. */
  load(): void
  /** Ends the process by force. */
  end(): void
}

export interface ChromeSupervisorOptions {
  readonly hands: ChromeHands
  readonly clock: Clock
  /** It went, and comes back by itself unless it is given up. */
  readonly onCrash: (isGivenUp: boolean) => void
  readonly noteEnd: (pid: number, cause: EndCause) => void
  readonly noteStep: (step: LaunchStep['step']) => void
}

const policy = supervisionPolicies.chrome

/**
 * Keeps the page that draws the window alive: loads it again when its process went, at once and then ever more slowly, so
 * that one which cannot run does not spin; ends it when the engine says that it hangs.
 */
export class ChromeSupervisor implements Disposable {
  readonly actor: Actor<typeof processMachine>
  readonly #options: ChromeSupervisorOptions
  #greeting: Disposable | null = null
  #patience: Disposable | null = null
  #naming: Disposable | null = null

  constructor(options: ChromeSupervisorOptions) {
    this.#options = options
    const machine = processMachine.provide({
      actions: {
        launch: () => this.#load(),
        announceCrash: () => options.onCrash(false),
        announceFailure: () => options.onCrash(true),
      },
    })
    this.actor = createActor(machine, {
      clock: actorClock(options.clock),
      input: { name: 'chrome', restart: policy.restart, idleOutMs: policy.idleOutMs },
    })
    this.actor.start()
  }

  /** The page is being loaded for the first time, by whoever made the window. */
  begun(): void {
    this.#noteBeginning()
    this.#awaitGreeting()
  }

  /** The page has said hello and has its port. */
  connected(): void {
    const { hands, clock, noteStep } = this.#options
    this.#greeting?.[Symbol.dispose]()
    noteStep('channels')
    this.#naming = notePid(this.actor, () => hands.pid, clock)
    this.actor.send({ type: 'welcomed' })
    this.actor.send({ type: 'busy' })
    noteStep('registration')
  }

  gone(exit: ProcessExit): void {
    this.#callOff()
    this.actor.send({ type: 'exited', exit })
  }

  /** The engine says that the page does not react, or does again. */
  setResponsive(isResponsive: boolean): void {
    this.#patience?.[Symbol.dispose]()
    if (isResponsive || policy.hang.kind !== 'engineTells') return
    this.#patience = this.#options.clock.after(policy.hang.patienceMs, () => this.#endHung())
  }

  /** Another process for the page, now; also where we had given up. */
  restart(): void {
    const snapshot = this.actor.getSnapshot()
    if (snapshot.matches('failed')) this.actor.send({ type: 'retry' })
    else if (snapshot.matches('restarting')) this.actor.send({ type: 'launch' })
    else this.#options.hands.end()
  }

  [Symbol.dispose](): void {
    this.#callOff()
    this.actor.send({ type: 'stop' })
  }

  #callOff(): void {
    for (const timer of [this.#greeting, this.#patience, this.#naming]) timer?.[Symbol.dispose]()
  }

  #load(): void {
    this.#noteBeginning()
    this.#options.hands.load()
    this.#awaitGreeting()
  }

  #noteBeginning(): void {
    const { noteStep } = this.#options
    for (const step of ['identity', 'sandbox', 'launch'] as const) noteStep(step)
  }

  #awaitGreeting(): void {
    this.#greeting?.[Symbol.dispose]()
    this.#greeting = this.#options.clock.after(policy.greetingMs ?? 0, () => {
      if (this.#options.hands.pid === null) this.gone({ reason: 'launchFailed', exitCode: 0 })
      else this.#endHung()
    })
  }

  #endHung(): void {
    const { hands, noteEnd } = this.#options
    if (hands.pid !== null) noteEnd(hands.pid, { kind: 'hung' })
    hands.end()
  }
}
