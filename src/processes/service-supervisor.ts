import { type UtilityProcess, utilityProcess } from 'electron'
import { type Actor, createActor } from 'xstate'
import { serviceContract } from '../../contracts/service.ts'
import type { Client } from '../../ipc/client.ts'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import type { Log } from '../../ipc/log.ts'
import { utilityTarget } from '../../ipc/target.ts'
import { type ProcessExit, processMachine } from '../controller/process-machine.ts'
import type { Switchboard } from '../messaging/switchboard.ts'
import { endProcess } from './end-process.ts'
import type { ServiceDefinition } from './service-definitions.ts'
import { serviceEnvironment, servicePermissions } from './service-sandbox.ts'

export interface SupervisorOptions {
  readonly definition: ServiceDefinition
  readonly switchboard: Switchboard
  readonly log: Log
  readonly clock?: Clock
  readonly onCrash: (definition: ServiceDefinition, isGivenUp: boolean) => void
}

/** A heartbeat not answered within this time counts as missed; `missedHeartbeats` of them, and the process is ended. */
const heartbeatMs = 5_000
const missedHeartbeatsAllowed = 3
/** A process that begins has this long to answer: on a busy machine, loading its code alone takes seconds. */
const greetingDeadlineMs = 20_000
/** A process that is asked to stop has this long before it is ended. */
const stopDeadlineMs = 2_000

/**
 * Keeps one service alive: launches it, introduces it, listens to its heart, restarts it by its policy. What to do when
 * is decided by the process machine; this class is the machine's hands.
 */
export class ServiceSupervisor implements AsyncDisposable {
  readonly definition: ServiceDefinition
  readonly actor: Actor<typeof processMachine>
  readonly #options: SupervisorOptions
  readonly #clock: Clock
  #child: UtilityProcess | null = null
  #admission: Disposable | null = null
  #heartbeat: Disposable | null = null
  #callsInFlight = 0

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.definition = options.definition
    const machine = processMachine.provide({
      actions: {
        launch: () => this.#launch(),
        retire: () => void this.#retire(),
        announceCrash: () => options.onCrash(options.definition, false),
        announceFailure: () => options.onCrash(options.definition, true),
      },
    })
    this.actor = createActor(machine, {
      input: {
        name: options.definition.name,
        restart: options.definition.restart,
        idleOutMs: options.definition.idleOutMs,
      },
    })
    this.actor.start()
  }

  /** What every service answers, at the process that has the name now. */
  get #service(): Client<typeof serviceContract> {
    return this.#options.switchboard.endpoint.client(serviceContract, endpointId(this.definition.name))
  }

  /** Starts the process unless it runs or is being started. A call queued meanwhile is delivered when it is up. */
  ensureRunning(): void {
    const snapshot = this.actor.getSnapshot()
    if (snapshot.matches('created') && this.#child === null) this.actor.send({ type: 'launch' })
    if (snapshot.matches('failed')) this.actor.send({ type: 'retry' })
  }

  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  /** Marks the process busy while `work` runs, for the tree and for idling out. */
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

  /** Ends the process now, as the person asked; the policy then brings it back. */
  end(): void {
    const pid = this.#child?.pid
    if (pid !== undefined) endProcess(pid)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    this.actor.send({ type: 'stop' })
    this.#heartbeat?.[Symbol.dispose]()
    if (child !== null) await this.#endPolitely(child)
  }

  /** Ends a process that has had no work for long. A call that meets its end is made again by its caller. */
  async #retire(): Promise<void> {
    const child = this.#child
    this.#heartbeat?.[Symbol.dispose]()
    if (child === null) return
    await this.#endPolitely(child)
  }

  async #endPolitely(child: UtilityProcess): Promise<void> {
    const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
    await this.#service.prepareToStop({}, { deadlineMs: stopDeadlineMs }).catch(() => {})
    child.kill()
    await Promise.race([
      exited,
      new Promise(resolve => this.#clock.after(stopDeadlineMs, () => resolve(null))),
    ])
    if (this.#child === child) this.end()
  }

  #launch(): void {
    const { definition, switchboard, log } = this.#options
    const child = utilityProcess.fork(definition.entry, [...definition.args], {
      serviceName: `nexus-${definition.name}`,
      env: serviceEnvironment(process.env),
      execArgv: servicePermissions(definition.name),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const self = identity(definition.name, definition.name)
    child.stdout?.on('data', (chunk: Buffer) =>
      log({ level: 'info', message: `${definition.name}: ${tellingLine(chunk)}` }),
    )
    child.stderr?.on('data', (chunk: Buffer) =>
      log({ level: 'warning', message: `${definition.name}: ${tellingLine(chunk)}` }),
    )
    child.once('spawn', () => {
      // A message posted after the child has gone has crashed main: https://github.com/electron/electron/issues/53923
      if (this.#child !== child) return
      this.actor.send({ type: 'spawned', pid: child.pid ?? 0, at: this.#clock.wallClock() })
      const target = utilityTarget(self, { pid: child.pid ?? null })
      this.#admission = switchboard.admit(target, (introduction, port) => {
        if (this.#child === child) child.postMessage(introduction, [port])
      })
      this.#greet()
    })
    child.once('exit', code => {
      if (this.#child !== child) return
      this.#child = null
      this.#heartbeat?.[Symbol.dispose]()
      this.#admission?.[Symbol.dispose]()
      this.#admission = null
      this.actor.send({ type: 'exited', exit: describeExit(code) })
    })
  }

  #greet(): void {
    this.#service.ping({}, { deadlineMs: greetingDeadlineMs }).then(
      () => {
        this.actor.send({ type: 'welcomed' })
        if (this.#callsInFlight === 0) this.actor.send({ type: 'quiet' })
        else this.actor.send({ type: 'busy' })
        this.#listenToHeart(0)
      },
      () => this.end(),
    )
  }

  #listenToHeart(missed: number): void {
    const child = this.#child
    this.#heartbeat = this.#clock.after(heartbeatMs, () => {
      if (this.#child !== child || child === null) return
      this.#service.ping({}, { deadlineMs: heartbeatMs }).then(
        () => this.#child === child && this.#listenToHeart(0),
        () => {
          if (this.#child !== child) return
          if (missed + 1 >= missedHeartbeatsAllowed) this.end()
          else this.#listenToHeart(missed + 1)
        },
      )
    })
  }
}

function describeExit(exitCode: number): ProcessExit {
  if (exitCode === 0) return { reason: 'clean', exitCode }
  // 128 plus the signal, or the bare signal: how platforms tell of a kill (9 and 15).
  return { reason: [9, 15, 137, 143].includes(exitCode) ? 'killed' : 'crashed', exitCode }
}

/** The line that names an error: a process that dies of one prints its stack and its runtime's version after it. */
function tellingLine(chunk: Buffer): string {
  const lines = chunk.toString('utf8').trim().split('\n')
  const line = lines.find(candidate => /^(Uncaught )?\w*Error\b/.test(candidate)) ?? lines.at(-1)
  return line?.slice(0, 500) ?? ''
}
