import type { AuthorityRow } from '../authority.ts'
import type { Clock } from '../clock.ts'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import { createHub, type Hub, type Registration } from '../hub.ts'
import { type Identity, identity } from '../identity.ts'
import type { Introduction } from '../introduction.ts'
import type { Log } from '../log.ts'
import { type IntroductionSource, joinHub, type Membership } from '../meeting.ts'
import type { Port } from '../port.ts'
import { rendererTarget, type Target, utilityTarget } from '../target.ts'
import { createMemoryChannel } from '../transports/memory.ts'
import { createSampleService, type SampleService, sampleContract } from './sample-contract.ts'

/** A process as main sees one: a way to hand over introductions. */
export class FakeProcess implements IntroductionSource {
  readonly introductions: Introduction[] = []
  /** Of a process that is not there any more: main's attempts to reach it throw. */
  isGone = false
  /** Introductions stay on their way until `arrive`. */
  isSlow = false
  /** Called in the middle of a delivery. */
  onDeliver: () => void = () => {}
  #listener: ((introduction: unknown, port: Port | null) => void) | null = null
  #underway: [unknown, Port][] = []

  readonly deliver = (introduction: Introduction, port: Port): void => {
    if (this.isGone) throw new Error('The process is gone')
    this.introductions.push(introduction)
    // Introductions are copied between processes too.
    this.#underway.push([structuredClone(introduction), port])
    if (!this.isSlow) this.arrive()
    this.onDeliver()
  }

  arrive(): void {
    const listener = this.#listener
    if (listener === null) return
    for (const [introduction, port] of this.#underway.splice(0)) listener(introduction, port)
  }

  onIntroduction(listener: (introduction: unknown, port: Port | null) => void): Disposable {
    this.#listener = listener
    this.arrive()
    return {
      [Symbol.dispose]: () => {
        this.#listener = null
      },
    }
  }
}

/** One process of the world, from both sides. */
export interface Inhabitant {
  readonly process: FakeProcess
  readonly membership: Membership
  readonly endpoint: Endpoint
  readonly registration: Registration
  readonly service: SampleService
  /** Ends it as a crash does: main sees the exit; its own side never gets to say goodbye. */
  crash(): void
}

export interface HubWorldOptions {
  readonly authority: readonly AuthorityRow[]
  readonly clock?: Clock
  readonly log?: Log
}

/** A hub in main and processes around it, all in this one. */
export class HubWorld implements Disposable {
  readonly controller: Endpoint
  readonly hub: Hub<Port>
  channelsMade = 0
  readonly #options: HubWorldOptions
  readonly #memberships: Disposable[] = []

  constructor(options: HubWorldOptions) {
    this.#options = options
    const { authority, ...others } = options
    this.controller = createEndpoint({ identity: identity('controller', 'controller'), ...others })
    this.hub = createHub<Port>({
      endpoint: this.controller,
      createChannel: () => {
        this.channelsMade += 1
        return createMemoryChannel()
      },
      adopt: port => port,
      authority,
      ...others,
    })
  }

  /** Starts a process that serves the sample contract. */
  join(target: Target): Inhabitant {
    const { clock, log } = this.#options
    const process = new FakeProcess()
    const service = createSampleService()
    const registration = this.hub.register(target, process.deliver)
    const membership = joinHub(
      process,
      { ...(clock === undefined ? {} : { clock }), ...(log === undefined ? {} : { log }) },
      ({ endpoint }) => endpoint.serve(sampleContract, service),
    )
    this.#memberships.push(membership)
    const crash = (): void => {
      process.isGone = true
      registration.remove('exit code 9')
      membership[Symbol.dispose]()
    }
    return { process, membership, endpoint: membership.endpoint, registration, service, crash }
  }

  [Symbol.dispose](): void {
    for (const membership of this.#memberships) membership[Symbol.dispose]()
    this.hub[Symbol.dispose]()
    this.controller[Symbol.dispose]()
  }
}

export function utility(id: string, role: string): Target {
  return utilityTarget(identity(id, role))
}

export function renderer(id: string, role: string, webContentsId = 1, site?: string): Target {
  const who: Identity = identity(id, role)
  return rendererTarget(
    who,
    webContentsId,
    site === undefined ? {} : { url: `https://${site}/private`, site },
  )
}

/** Lets everything that is on its way arrive. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
