import { type Actor, createActor } from 'xstate'
import type { LaunchStep } from '../../contracts/processes.ts'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import { lifecycleState } from '../controller/lifecycle-state.ts'
import { type ProcessExit, processMachine } from '../controller/process-machine.ts'
import type { EndCause, KnownProcess } from '../processes/book/known-process.ts'
import { actorClock } from '../processes/supervision/actor-clock.ts'
import { Heartbeat } from '../processes/supervision/heartbeat.ts'
import { notePid } from '../processes/supervision/note-pid.ts'
import { lossesUntilSoftware, supervisionPolicies } from '../processes/supervision/policies.ts'

/** What can be done to the page that the process is. */
export interface CompositorHands {
  readonly pid: number | null
  /** Loads the page, in a new process when its last one has gone. It says hello when it is up. */
  load(): void
  /** Ends the process by force. */
  end(): void
}

export interface CompositorProcessOptions {
  readonly hands: CompositorHands
  /** Resolves when the page answers. */
  readonly ping: () => Promise<unknown>
  readonly clock?: Clock
  /** The page answers for the first time since it was loaded: whatever it knew has to be told again. */
  readonly onReady: () => void
  readonly onCrash: (crash: CompositorCrash) => void
  /** Told before the process is ended for a reason that only we know. */
  readonly noteEnd?: (pid: number, cause: EndCause) => void
  readonly noteStep?: (step: LaunchStep['step']) => void
}

export interface CompositorCrash {
  /** It is not started again by itself. */
  readonly isGivenUp: boolean
  /** From now on it is to draw without the graphics processor. True once. */
  readonly isNowSoftware: boolean
}

const policy = supervisionPolicies.compositor

/**
 * Keeps the compositor's process alive: starts it when it is needed, starts it again by the policy of the machine when it
 * went, and decides when the graphics processor is not to be trusted any more. Its heart is listened to only while it is
 * in use: a hidden compositor costs nothing.
 */
export class CompositorProcess implements Disposable {
  readonly actor: Actor<typeof processMachine>
  readonly #options: CompositorProcessOptions
  readonly #clock: Clock
  #isFaulty = false
  #isLaunched = false
  /** Counts the loads, so that what is heard of an earlier process is not taken for the present one's. */
  #loads = 0
  #isBusy = false
  readonly #heartbeat: Heartbeat
  #startDeadline: Disposable | null = null
  #naming: Disposable | null = null

  constructor(options: CompositorProcessOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#heartbeat = new Heartbeat({
      clock: this.#clock,
      policy: policy.hang,
      ping: options.ping,
      onHung: () => this.#endHung(),
    })
    const machine = processMachine.provide({
      actions: {
        launch: () => this.#launch(),
        announceCrash: ({ context }) => this.#announce(context.attempts),
        announceFailure: () => options.onCrash({ isGivenUp: true, isNowSoftware: false }),
      },
    })
    this.actor = createActor(machine, {
      input: {
        name: 'compositor',
        restart: policy.restart,
        idleOutMs: policy.idleOutMs,
      },
      clock: actorClock(this.#clock),
    })
    this.actor.start()
  }

  /** Whether it was ended so often that it is to draw without the graphics processor. */
  get isFaulty(): boolean {
    return this.#isFaulty
  }

  /** It does not run, and is not started by itself. */
  get isGivenUp(): boolean {
    return this.actor.getSnapshot().matches('failed')
  }

  get isReady(): boolean {
    return this.actor.getSnapshot().matches('running')
  }

  get pid(): number | null {
    return this.isReady ? this.#options.hands.pid : null
  }

  /** Of the process tree, less what is counted elsewhere. */
  facts(): Pick<KnownProcess, 'state' | 'pid' | 'startedAt' | 'restarts'> {
    const snapshot = this.actor.getSnapshot()
    const { startedAt, restarts } = snapshot.context
    return { state: lifecycleState(snapshot), pid: this.pid, startedAt, restarts }
  }

  /** Starts the process unless it runs or is being started. */
  ensureRunning(): void {
    const snapshot = this.actor.getSnapshot()
    if (snapshot.matches('created') && !this.#isLaunched) this.actor.send({ type: 'launch' })
    if (snapshot.matches('failed')) this.actor.send({ type: 'retry' })
  }

  /** Somebody looks at it, or does no more. */
  setBusy(isBusy: boolean): void {
    if (this.#isBusy === isBusy) return
    this.#isBusy = isBusy
    this.actor.send({ type: isBusy ? 'busy' : 'quiet' })
    if (this.isReady) this.#listen()
  }

  /** The graphics processor is not to be trusted from now on, whoever found out. Answers whether that is new. */
  distrustGraphics(): boolean {
    const isNew = !this.#isFaulty
    this.#isFaulty = true
    return isNew
  }

  /** Ends it and starts it again; starts it where it does not run. */
  restart(): void {
    if (this.pid === null) this.ensureRunning()
    else this.end()
  }

  /** Its page has its port. */
  connected(): void {
    const { hands, ping, noteStep } = this.#options
    const loads = this.#loads
    noteStep?.('channels')
    this.#naming = notePid(this.actor, () => hands.pid, this.#clock)
    ping().then(
      () => this.#loads === loads && this.#welcome(),
      () => this.#loads === loads && this.#endHung(),
    )
  }

  /** Ends the process now, as the person asked; the policy then brings it back. */
  end(): void {
    this.#options.hands.end()
  }

  gone(exit: ProcessExit): void {
    this.#naming?.[Symbol.dispose]()
    this.#startDeadline?.[Symbol.dispose]()
    this.#heartbeat[Symbol.dispose]()
    this.#isLaunched = false
    this.#loads += 1
    this.actor.send({ type: 'exited', exit })
  }

  [Symbol.dispose](): void {
    this.#naming?.[Symbol.dispose]()
    this.#startDeadline?.[Symbol.dispose]()
    this.#heartbeat[Symbol.dispose]()
    this.actor.send({ type: 'stop' })
  }

  #launch(): void {
    this.#isLaunched = true
    this.#loads += 1
    const { hands, noteStep } = this.#options
    noteStep?.('identity')
    noteStep?.('sandbox')
    hands.load()
    noteStep?.('launch')
    this.#startDeadline?.[Symbol.dispose]()
    this.#startDeadline = this.#clock.after(policy.greetingMs ?? 0, () => {
      if (!this.isReady) this.gone({ reason: 'launchFailed', exitCode: 0 })
    })
  }

  #welcome(): void {
    this.#startDeadline?.[Symbol.dispose]()
    this.#options.noteStep?.('registration')
    this.actor.send({ type: 'welcomed' })
    this.actor.send({ type: this.#isBusy ? 'busy' : 'quiet' })
    this.#listen()
    this.#options.onReady()
  }

  #announce(attempts: number): void {
    const isNowSoftware = attempts >= lossesUntilSoftware && this.distrustGraphics()
    this.#options.onCrash({ isGivenUp: false, isNowSoftware })
  }

  /** A hidden compositor is not asked: it costs nothing. */
  #listen(): void {
    if (this.#isBusy) this.#heartbeat.listen()
    else this.#heartbeat[Symbol.dispose]()
  }

  #endHung(): void {
    const { hands, noteEnd } = this.#options
    if (hands.pid !== null) noteEnd?.(hands.pid, { kind: 'hung' })
    hands.end()
  }
}
