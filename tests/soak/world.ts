import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { createHub, type Hub } from '../../ipc/hub.ts'
import { identity } from '../../ipc/identity.ts'
import { externalTarget } from '../../ipc/target.ts'
import { domPort } from '../../ipc/transports/dom-port.ts'
import { listenOnSocket, type SocketServer } from '../../ipc/transports/socket-server.ts'
import type { Random } from '../fuzz/random.ts'
import { serveSoak, soakContract } from './soak-contract.ts'
import { arrivals, type House, type Visitor } from './visitors.ts'
import { doSomething, type Outcomes } from './work.ts'

/** How many of each kind are here at most. */
const slotsPerKind = 4

/** Main with its hub and socket, and visitors that come, work and go as chance has it. */
export class World implements House, AsyncDisposable {
  readonly endpoint: Endpoint
  readonly hub: Hub<MessagePort>
  readonly random: Random
  readonly socketPath: string
  readonly outcomes: Outcomes = { answered: 0, failed: new Map(), wrong: [] }
  arrived = 0
  left = 0
  readonly #folder: string
  readonly #visitors = new Map<string, Visitor>()
  readonly #work = new Set<Promise<void>>()
  #server: SocketServer | null = null
  #clients = 0
  #ticks = 0

  private constructor(random: Random, folder: string) {
    this.random = random
    this.#folder = folder
    this.socketPath = join(folder, 'own', 'soak.sock')
    this.endpoint = createEndpoint({ identity: identity('controller', 'controller') })
    serveSoak(this.endpoint)
    this.hub = createHub<MessagePort>({
      endpoint: this.endpoint,
      createChannel: () => {
        const { port1, port2 } = new MessageChannel()
        return [port1, port2]
      },
      adopt: domPort,
      authority: [{ from: 'worker', to: 'worker', reason: 'they work together', sees: 'name' }],
    })
  }

  static async open(random: Random): Promise<World> {
    const world = new World(random, await mkdtemp(join(tmpdir(), 'nexus-soak-')))
    world.#server = await listenOnSocket({
      path: world.socketPath,
      onConnection: port => {
        world.#clients += 1
        world.hub.registerExternal(externalTarget(identity(`cli:${world.#clients}`, 'guest')), port)
      },
    })
    return world
  }

  get wrong(): string[] {
    return this.outcomes.wrong
  }

  /** Lives on for so long: somebody comes or goes every few milliseconds, and everybody works. */
  async live(durationMs: number): Promise<void> {
    const until = performance.now() + durationMs
    while (performance.now() < until) {
      await this.#comeOrGo()
      for (const { id } of this.hub.members) this.#startWork(id)
      for (const { id } of this.#visitors.values()) this.#startWork(id)
      this.#ticks += 1
      this.endpoint.announce(soakContract, 'ticked', { count: this.#ticks }, { isLatestOnly: true })
      await delay(20)
    }
  }

  /** Everybody goes, and everything ends; the house itself stays open. */
  async empty(): Promise<void> {
    for (const [place, visitor] of this.#visitors) {
      await visitor.leave()
      this.left += 1
      this.#visitors.delete(place)
    }
    await Promise.all(this.#work)
    for (let wait = 0; wait < 100 && this.endpoint.metrics.snapshot().connections.length > 0; wait += 1) {
      await delay(20)
    }
  }

  /** What should not be there any more when everybody has gone. */
  leftovers(): readonly string[] {
    const { connections, pending, waitingCalls } = this.endpoint.metrics.snapshot()
    return [
      ...connections.map(({ peer }) => `a connection to ${peer.id}`),
      ...pending.map(({ method, to }) => `a call of ${method} to ${to}`),
      ...(waitingCalls === 0 ? [] : [`${waitingCalls} calls that wait for somebody`]),
      ...this.hub.members.map(({ id }) => `the place of ${id} at the hub`),
      ...this.hub.channels.map(pair => `a channel between ${pair.join(' and ')}`),
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.empty()
    this.hub[Symbol.dispose]()
    this.endpoint[Symbol.dispose]()
    await this.#server?.[Symbol.asyncDispose]()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #comeOrGo(): Promise<void> {
    const kind = this.random.pick(Object.keys(arrivals))
    const slot = this.random.below(slotsPerKind)
    const place = `${kind}:${slot}`
    const present = this.#visitors.get(place)
    if (present === undefined) {
      const visitor = await arrivals[kind]?.(this, slot)
      if (visitor === undefined) return
      this.#visitors.set(place, visitor)
      this.arrived += 1
    } else {
      this.#visitors.delete(place)
      await present.leave()
      this.left += 1
    }
  }

  #startWork(peer: Visitor['id']): void {
    if (this.#work.size > 200 || peer === this.endpoint.identity.id) return
    const work = doSomething(this.endpoint, peer, this.random, this.outcomes).finally(() =>
      this.#work.delete(work),
    )
    this.#work.add(work)
  }
}
