import type { TracedCall } from '../../ipc/call-options.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { type Identity, identity } from '../../ipc/identity.ts'
import { CountingClock } from './counting-clock.ts'
import { guardedContract } from './guarded-contract.ts'
import { createGuardedService, type GuardedService } from './guarded-service.ts'
import { HonestPeer, honestIdentity } from './honest-peer.ts'
import { type HostileCase, messagesIn } from './hostile-packets.ts'
import { OwnCalls } from './own-calls.ts'
import { RawPort } from './raw-port.ts'
import { describePacket } from './report.ts'

/** Generous for a machine under load, and far below what anything that grows with the square would take. */
const allowedMsPerPacket = 250
const allowedMsPerMegabyte = 250
/** The sweep of deadlines of each endpoint. */
const timersAtRest = 4

/** What one packet cost this thread, and the packet in words, so that it need not be kept. */
export interface Cost {
  readonly ms: number
  readonly words: string
}

/** A serving endpoint with an honest peer, which hostile peers are let loose on, one after the other. */
export class Victim implements Disposable {
  readonly endpoint: Endpoint
  readonly honest: HonestPeer
  readonly clock = new CountingClock()
  /** Messages that hostile peers had taken in, or refused as whole packets. */
  messages = 0
  connections = 0
  cutOff = 0
  offences = 0
  slowest: Cost = { ms: 0, words: 'none' }
  readonly #service: GuardedService
  readonly #logged: string[] = []
  #cases = 0

  constructor() {
    this.endpoint = createEndpoint({
      identity: identity('victim', 'controller'),
      clock: this.clock,
      log: ({ level, message, details }) => {
        if (level === 'error') this.#logged.push(`${message}: ${String(details?.error)}`)
      },
    })
    this.#service = createGuardedService((left, call) => this.#relay(left, call))
    this.endpoint.serve(guardedContract, this.#service)
    this.honest = new HonestPeer(this.endpoint)
  }

  get handled(): number {
    return this.#service.handled
  }

  /** Lives through one case; gives what went wrong, nothing when all is well. */
  async live({ temper, packets }: HostileCase): Promise<readonly string[]> {
    this.#cases += 1
    const guest = identity(`tab:${this.#cases % 8}`, 'guest')
    const asked = this.honest.ask(this.#cases)
    const problems: string[] = []
    let rest = packets
    while (rest.length > 0) {
      const taken = await this.#visit(guest, temper, rest, problems)
      rest = rest.slice(taken)
    }
    const answer = await asked
    if (answer !== null) problems.push(answer)
    for (let turn = 0; turn < 2_000 && this.#service.atWork.length > 1; turn += 1) await this.#turns(1)
    // The stream of the honest peer runs on.
    if (this.#service.atWork.length > 1) {
      problems.push(`Handlers go on working for nobody: ${this.#service.atWork.slice(1).join(', ')}`)
    }
    if (this.endpoint.connectionTo(guest.id) !== null) problems.push('The connection stayed in the table')
    if (this.clock.pending > timersAtRest) problems.push(`${this.clock.pending} timers are waiting`)
    problems.push(...this.#service.violations.splice(0), ...this.#logged.splice(0), ...pollution())
    return problems
  }

  [Symbol.dispose](): void {
    this.honest[Symbol.dispose]()
    this.endpoint[Symbol.dispose]()
  }

  /** Whatever a hostile peer says of its own call, this one is in order. */
  async #relay(left: number, call: TracedCall): Promise<number> {
    const honest = this.endpoint.client(guardedContract, honestIdentity.id)
    try {
      return await honest.add({ left, right: 1 }, { within: call, deadlineMs: 20_000 })
    } catch (error) {
      this.#logged.push(`A call on behalf of a hostile peer failed: ${String(error)}`)
      throw error
    }
  }

  /** One connection, until it is cut off or nothing is left to send; gives how many packets were sent. */
  async #visit(
    guest: Identity,
    temper: string,
    packets: readonly unknown[],
    problems: string[],
  ): Promise<number> {
    const port = new RawPort()
    const own = new OwnCalls(this.endpoint, guest.id)
    const connection = this.endpoint.connect(port, guest)
    this.connections += 1
    let sent = 0
    let refused = 0
    for (const packet of packets) {
      if (!connection.isOpen) break
      sent += 1
      const before = connection.counters
      const startedAt = process.threadCpuUsage()
      port.deliver(copied(packet))
      await this.#turns(1)
      this.#charge(temper, packet, process.threadCpuUsage(startedAt), problems)
      if (connection.counters.messagesIn === before.messagesIn) refused += 1
    }
    await this.#turns(2)
    const { messagesIn: taken, offences } = connection.counters
    this.messages += taken + refused
    this.offences += offences
    if (!connection.isOpen) this.cutOff += 1
    connection.close('the case is over')
    own[Symbol.dispose]()
    for (let turn = 0; turn < 50 && own.unsettled > 0; turn += 1) await this.#turns(1)
    if (own.unsettled > 0) problems.push(`${own.unsettled} calls to the hostile peer never ended`)
    const { inFlight, answering, waiting } = connection.counters
    if (inFlight + answering + waiting > 0) {
      problems.push(`A closed connection holds ${inFlight}, ${answering} and ${waiting} calls`)
    }
    problems.push(...own.violations)
    return sent
  }

  #charge(temper: string, packet: unknown, cpu: NodeJS.CpuUsage, problems: string[]): void {
    const ms = (cpu.user + cpu.system) / 1_000
    if (ms > this.slowest.ms) this.slowest = { ms, words: `${temper}, ${describePacket(packet)}` }
    const size = sizeOf(packet)
    const allowed = allowedMsPerPacket + (allowedMsPerMegabyte * size) / 1_000_000
    if (ms > allowed) {
      problems.push(`A packet of ${size} characters took ${Math.round(ms)} ms of processor time`)
    }
  }

  async #turns(count: number): Promise<void> {
    for (let turn = 0; turn < count; turn += 1) await new Promise(resolve => setImmediate(resolve))
  }
}

/** As a transport would copy it; what none could copy arrives as it is, which is worse. */
function copied(packet: unknown): unknown {
  if (typeof packet !== 'object') return packet
  try {
    return structuredClone(packet)
  } catch {
    return packet
  }
}

function sizeOf(packet: unknown): number {
  return typeof packet === 'string' ? packet.length : messagesIn(packet) * 100
}

const builtIn = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
const namesAtStart = builtIn.map(prototype => Reflect.ownKeys(prototype).length)

function pollution(): string[] {
  return builtIn.every((prototype, index) => Reflect.ownKeys(prototype).length === namesAtStart[index])
    ? []
    : ['A prototype was changed']
}
