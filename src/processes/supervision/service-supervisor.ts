import type { UtilityProcess } from 'electron'
import { type Actor, createActor } from 'xstate'
import type { LaunchStep } from '../../../contracts/processes.ts'
import { serviceContract } from '../../../contracts/service.ts'
import type { Client } from '../../../ipc/client.ts'
import { type Clock, systemClock } from '../../../ipc/clock.ts'
import { endpointId } from '../../../ipc/identity.ts'
import type { Log } from '../../../ipc/log.ts'
import { type ProcessExit, processMachine } from '../../controller/process-machine.ts'
import type { Switchboard } from '../../messaging/switchboard.ts'
import type { EndCause } from '../book/known-process.ts'
import { type Admission, type Fork, launchService } from '../launch/launch-service.ts'
import type { ServiceDefinition } from '../service-definitions.ts'
import { signalProcess } from '../signal-process.ts'
import { actorClock } from './actor-clock.ts'
import { Heartbeat } from './heartbeat.ts'
import { type SupervisionPolicy, supervisionPolicies } from './policies.ts'

export interface SupervisorOptions {
  readonly definition: ServiceDefinition
  readonly switchboard: Pick<Switchboard, 'endpoint'> & Admission
  readonly log: Log
  readonly clock?: Clock
  readonly fork: Fork
  /** Sends a signal to a process; for tests. */
  readonly signal?: typeof signalProcess
  readonly onCrash: (definition: ServiceDefinition, isGivenUp: boolean) => void
  /** Told before a process is ended for a reason that only we know. */
  readonly noteEnd: (pid: number, cause: EndCause) => void
  readonly noteStep: (step: LaunchStep['step']) => void
}

/** A process that is asked to stop has this long before it is ended. */
const stopDeadlineMs = 2_000
/** Whoever calls again and again does not begin all of it again each time; a person who asks does. */
const restAfterGivingUpMs = 30_000

/**
 * Keeps one service alive: launches it, introduces it, listens to its heart, restarts it by its policy. What to do when
 * is decided by the process machine and the table of policies; this class is the machine's hands.
 */
export class ServiceSupervisor implements AsyncDisposable {
  readonly definition: ServiceDefinition
  readonly actor: Actor<typeof processMachine>
  readonly #options: SupervisorOptions
  readonly #policy: SupervisionPolicy
  readonly #clock: Clock
  readonly #heartbeat: Heartbeat
  #child: UtilityProcess | null = null
  #callsInFlight = 0
  #givenUpAt = -Infinity

  constructor(options: SupervisorOptions) {
    const { definition } = options
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#policy = supervisionPolicies[definition.kind]
    this.definition = definition
    this.#heartbeat = new Heartbeat({
      clock: this.#clock,
      policy: this.#policy.hang,
      ping: deadlineMs => this.#service.ping({}, { deadlineMs }),
      onHung: () => this.end({ kind: 'hung' }),
    })
    const machine = processMachine.provide({
      actions: {
        launch: () => this.#launch(),
        retire: () => void this.#retire(),
        freeze: () => this.#freeze(),
        thaw: () => this.#thaw(),
        announceCrash: () => options.onCrash(definition, false),
        announceFailure: () => {
          this.#givenUpAt = this.#clock.now()
          options.onCrash(definition, true)
        },
      },
    })
    this.actor = createActor(machine, {
      clock: actorClock(this.#clock),
      input: {
        name: definition.name,
        restart: this.#policy.restart,
        idleOutMs: this.#policy.idleOutMs,
      },
    })
    this.actor.start()
  }

  /** What every service answers, at the process that has the name now. */
  get #service(): Client<typeof serviceContract> {
    return this.#options.switchboard.endpoint.client(serviceContract, endpointId(this.definition.name))
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /**
   * Starts the process unless it runs or is being started; where we had given up, tries again once some time has passed. A
   * call queued meanwhile is delivered when it is up.
   */
  ensureRunning(): void {
    const snapshot = this.actor.getSnapshot()
    if (snapshot.matches('created') && this.#child === null) this.actor.send({ type: 'launch' })
    const isRested = this.#clock.now() - this.#givenUpAt >= restAfterGivingUpMs
    if (snapshot.matches('failed') && isRested) this.actor.send({ type: 'retry' })
  }

  /** It does not run, and is not started by itself. */
  get isGivenUp(): boolean {
    return this.actor.getSnapshot().matches('failed')
  }

  /** Marks the process busy while `work` runs, for the tree and for idling out. One that is suspended goes on. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#callsInFlight += 1
    this.actor.send({ type: 'busy' })
    try {
      return await work()
    } finally {
      this.#callsInFlight -= 1
      if (this.#callsInFlight === 0) this.actor.send({ type: 'quiet' })
    }
  }

  /** Ends the process now, by force; the policy then brings it back. */
  end(cause: EndCause | null = null): void {
    const { pid } = this
    if (pid === null) return
    if (cause !== null) this.#options.noteEnd(pid, cause)
    this.#signal(pid, 'SIGKILL')
  }

  /** Ends it in good order, as the person asked. What starts with the browser comes back at once. */
  endInOrder(isWantedAgain: boolean): void {
    const { pid } = this
    if (pid === null) return
    this.#options.noteEnd(pid, { kind: 'person' })
    const isWanted = isWantedAgain || this.definition.start === 'withBrowser' || this.#callsInFlight > 0
    if (this.actor.getSnapshot().matches('running')) this.actor.send({ type: 'end', isWanted })
    else this.end()
  }

  /** Ends it and starts it again; starts it at once where it does not run. */
  restart(): void {
    if (this.pid !== null) this.endInOrder(true)
    else if (this.isGivenUp) this.actor.send({ type: 'retry' })
    else if (this.actor.getSnapshot().matches('restarting')) this.actor.send({ type: 'launch' })
    else this.ensureRunning()
  }

  /** Takes the processor away from it, until it is resumed or its next call. */
  suspend(): void {
    this.actor.send({ type: 'suspend' })
  }

  resume(): void {
    this.actor.send({ type: 'resume' })
    if (this.#callsInFlight === 0) this.actor.send({ type: 'quiet' })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    this.actor.send({ type: 'stop' })
    this.#heartbeat[Symbol.dispose]()
    if (child !== null) await this.#endPolitely(child)
  }

  /** Ends a process that is not needed now. A call that meets its end is made again by its caller. */
  async #retire(): Promise<void> {
    const child = this.#child
    this.#heartbeat[Symbol.dispose]()
    if (child === null) return
    await this.#endPolitely(child)
  }

  async #endPolitely(child: UtilityProcess): Promise<void> {
    const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
    await Promise.race([
      exited,
      this.#service.prepareToStop({}, { deadlineMs: stopDeadlineMs }).catch(() => {}),
    ])
    child.kill()
    await Promise.race([
      exited,
      new Promise(resolve => this.#clock.after(stopDeadlineMs, () => resolve(null))),
    ])
    if (this.#child === child) this.end()
  }

  #launch(): void {
    const { definition, fork, switchboard, log, noteStep } = this.#options
    const child = launchService({
      definition,
      fork,
      switchboard,
      log,
      noteStep,
      onSpawned: pid => {
        this.actor.send({ type: 'spawned', pid, at: this.#clock.wallClock() })
        this.#greet(child)
      },
      onExit: (exitCode, hasRun) => {
        if (this.#child !== child) return
        this.#child = null
        this.#heartbeat[Symbol.dispose]()
        this.actor.send({ type: 'exited', exit: describeExit(exitCode, hasRun) })
      },
    })
    this.#child = child
  }

  #greet(child: UtilityProcess): void {
    this.#service.ping({}, { deadlineMs: this.#policy.greetingMs ?? 0 }).then(
      () => {
        if (this.#child !== child) return
        this.#options.noteStep('registration')
        this.actor.send({ type: 'welcomed' })
        this.actor.send({ type: this.#callsInFlight === 0 ? 'quiet' : 'busy' })
        this.#heartbeat.listen()
      },
      () => {
        if (this.#child === child) this.end({ kind: 'hung' })
      },
    )
  }

  /** It cannot answer while it stands still. */
  #freeze(): void {
    this.#heartbeat[Symbol.dispose]()
    if (this.pid !== null) this.#signal(this.pid, 'SIGSTOP')
  }

  #thaw(): void {
    if (this.pid === null) return
    this.#signal(this.pid, 'SIGCONT')
    this.#heartbeat.listen()
  }

  #signal(pid: number, signal: NodeJS.Signals): void {
    const { signal: send = signalProcess } = this.#options
    send(pid, signal)
  }
}

function describeExit(exitCode: number, hasRun: boolean): ProcessExit {
  if (!hasRun) return { reason: 'launchFailed', exitCode }
  if (exitCode === 0) return { reason: 'clean', exitCode }
  // 128 plus the signal, or the bare signal: how platforms tell of a kill (9 and 15).
  return { reason: [9, 15, 137, 143].includes(exitCode) ? 'killed' : 'crashed', exitCode }
}
