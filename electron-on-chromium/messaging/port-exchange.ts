import { randomUUID } from 'node:crypto'
import { type Carrier, Pipe } from './pipe.ts'
import type { PortExchange } from './socket-carrier.ts'

/**
 * The main process's end of every port's journey. A pipe end that travels inside a byte stream is parked here
 * under a token that nobody can guess; whoever reads the token claims it. Token and end take different ways, so
 * either may come first.
 */
export class MainPortExchange implements PortExchange {
  readonly #parked = new Map<string, Pipe>()
  readonly #wanted = new Map<string, (pipe: Pipe) => void>()

  park(pipe: Pipe): string {
    const token = randomUUID()
    this.#parked.set(token, pipe)
    return token
  }

  /** An end that can be used at once, even when it is still on its way from another process. */
  claim(token: string): Pipe {
    const parked = this.#parked.get(token)
    if (parked) {
      this.#parked.delete(token)
      return parked
    }
    const pending = Pipe.pending()
    this.#wanted.set(token, arrived => pending.bind(arrived.surrender().carrier))
    return pending
  }

  /** A utility process claims: `found` is called when the end is here. */
  claimFor(token: string, found: (pipe: Pipe) => void): void {
    const parked = this.#parked.get(token)
    if (parked) {
      this.#parked.delete(token)
      found(parked)
    } else this.#wanted.set(token, found)
  }

  /** A utility process gives an end away under a token it made. */
  deposit(token: string, carrier: Carrier): void {
    const pipe = Pipe.over(carrier)
    const wanted = this.#wanted.get(token)
    this.#wanted.delete(token)
    if (wanted) wanted(pipe)
    else this.#parked.set(token, pipe)
  }
}

/** The one of this process. */
export const mainPortExchange = new MainPortExchange()
