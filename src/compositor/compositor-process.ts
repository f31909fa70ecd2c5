import { type Actor, createActor } from 'xstate'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import { lifecycleState } from '../controller/lifecycle-state.ts'
import { type ProcessExit, processMachine } from '../controller/process-machine.ts'
import type { ServiceFacts } from '../processes/process-tree.ts'

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
}

export interface CompositorCrash {
  /** It is not started again by itself. */
  readonly isGivenUp: boolean
  /** From now on it is to draw without the graphics processor. True once. */
  readonly isNowSoftware: boolean
}

/** Ended so often without having run for a minute between, the graphics are taken to be at fault. */
const lossesUntilSoftware = 3
/** A page that does not say hello by then is loaded once more. */
const startDeadlineMs = 20_000
/** While it is looked at, a page that answers no heartbeat for three of these is ended. */
const heartbeatMs = 5_000
const missedHeartbeatsAllowed = 3

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
  #timer: Disposable | null = null

  constructor(options: CompositorProcessOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
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
        restart: {
          kind: 'backoff',
          attempts: 5,
          initialDelayMs: 250,
          maximumDelayMs: 5_000,
          stableAfterMs: 60_000,
        },
        idleOutMs: null,
      },
      ...(options.clock === undefined ? {} : { clock: actorClock(options.clock) }),
    })
    this.actor.start()
  }

  /** Whether it was ended so often that it is to draw without the graphics processor. */
  get isFaulty(): boolean {
    return this.#isFaulty
  }

  get isReady(): boolean {
    return this.actor.getSnapshot().matches('running')
  }

  get pid(): number | null {
    return this.isReady ? this.#options.hands.pid : null
  }

  /** Of the process tree, less what is counted elsewhere. */
  facts(): Pick<ServiceFacts, 'state' | 'pid' | 'startedAt' | 'restarts'> {
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

  /** Its page has its port. */
  connected(): void {
    const { hands, ping } = this.#options
    const loads = this.#loads
    this.actor.send({ type: 'spawned', pid: hands.pid ?? 0, at: this.#clock.wallClock() })
    ping().then(
      () => this.#loads === loads && this.#welcome(),
      () => this.#loads === loads && hands.end(),
    )
  }

  /** Ends the process now, as the person asked; the policy then brings it back. */
  end(): void {
    this.#options.hands.end()
  }

  gone(exit: ProcessExit): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    this.#isLaunched = false
    this.#loads += 1
    this.actor.send({ type: 'exited', exit })
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
    this.actor.send({ type: 'stop' })
  }

  #launch(): void {
    this.#isLaunched = true
    this.#loads += 1
    this.#options.hands.load()
    this.#timer?.[Symbol.dispose]()
    this.#timer = this.#clock.after(startDeadlineMs, () => {
      if (!this.isReady) this.gone({ reason: 'launchFailed', exitCode: 0 })
    })
  }

  #welcome(): void {
    this.#timer?.[Symbol.dispose]()
    this.actor.send({ type: 'welcomed' })
    this.actor.send({ type: this.#isBusy ? 'busy' : 'quiet' })
    this.#listen()
    this.#options.onReady()
  }

  #announce(attempts: number): void {
    const isNowSoftware = attempts >= lossesUntilSoftware && !this.#isFaulty
    if (isNowSoftware) this.#isFaulty = true
    this.#options.onCrash({ isGivenUp: false, isNowSoftware })
  }

  #listen(missed = 0): void {
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    if (!this.#isBusy) return
    const loads = this.#loads
    this.#timer = this.#clock.after(heartbeatMs, () => {
      this.#options.ping().then(
        () => this.#loads === loads && this.#listen(),
        () => {
          if (this.#loads !== loads) return
          if (missed + 1 >= missedHeartbeatsAllowed) this.#options.hands.end()
          else this.#listen(missed + 1)
        },
      )
    })
  }
}

/** The machine's delays by a clock that tests can replace. */
function actorClock(clock: Clock): {
  setTimeout(action: (...args: unknown[]) => void, delayMs: number): Disposable
  clearTimeout(timer: Disposable): void
} {
  return {
    setTimeout: (action, delayMs) => clock.after(delayMs, action),
    clearTimeout: timer => timer[Symbol.dispose](),
  }
}
