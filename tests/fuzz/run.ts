import type { Message } from './hostile-messages.ts'
import { type HostileCase, heavyCase, heavyCases, hostileCase } from './hostile-packets.ts'
import { Random, seedOfCase } from './random.ts'
import { recordSession } from './recorded-session.ts'
import { Victim } from './victim.ts'

/** A case after which something was wrong. */
export interface Failure {
  readonly index: number
  readonly hostile: HostileCase
  readonly problems: readonly string[]
}

/** The cases of a run, each the same whenever it is made. */
export class Cases {
  readonly #seed: number
  readonly #session: readonly Message[]

  private constructor(seed: number, session: readonly Message[]) {
    this.#seed = seed
    this.#session = session
  }

  static async of(seed: number): Promise<Cases> {
    return new Cases(seed, await recordSession())
  }

  /** Those that are heavy come first, once each, so that short runs have them too. */
  at(index: number): HostileCase {
    const random = new Random(seedOfCase(this.#seed, index))
    const heavy = heavyCases()[index]
    return heavy === undefined ? hostileCase(random, this.#session) : heavyCase(heavy, random)
  }
}

/** Lets cases loose on a victim until so many messages were dealt with, or one case found a fault. */
export async function attack(
  victim: Victim,
  cases: Cases,
  messages: number,
  from = 0,
): Promise<{ readonly next: number; readonly failure: Failure | null }> {
  for (let index = from; ; index += 1) {
    if (victim.messages >= messages) return { next: index, failure: null }
    const hostile = cases.at(index)
    const problems = await victim.live(hostile)
    if (problems.length > 0) return { next: index + 1, failure: { index, hostile, problems } }
  }
}

/** The same fault with fewer packets: what is left shows it alone, to a new victim. The case itself when it does not. */
export async function shrunk({ hostile }: Failure): Promise<HostileCase> {
  let packets = [...hostile.packets]
  for (let size = packets.length; size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < packets.length; ) {
      const fewer = packets.toSpliced(at, size)
      if (fewer.length > 0 && (await failsAlone({ ...hostile, packets: fewer }))) packets = fewer
      else at += size
    }
  }
  return { ...hostile, packets }
}

async function failsAlone(hostile: HostileCase): Promise<boolean> {
  using victim = new Victim()
  return (await victim.live(hostile)).length > 0
}
