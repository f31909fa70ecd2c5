import type { EndCause } from './known-process.ts'

/** Ends of which nobody asked why are forgotten when so many came after them. */
const kept = 200

/** Why we ended which process, said before it is ended and asked by whoever sees its end. */
export class EndCauses {
  readonly #causes = new Map<number, EndCause>()

  note(pid: number, cause: EndCause): void {
    // The first who ends it is the one who did: what follows an end by force is no other cause.
    if (this.#causes.has(pid)) return
    this.#causes.set(pid, cause)
    const [oldest] = this.#causes.keys()
    if (this.#causes.size > kept && oldest !== undefined) this.#causes.delete(oldest)
  }

  of(pid: number): EndCause | null {
    return this.#causes.get(pid) ?? null
  }

  /** The system gave the number to another process, or the end that was announced did not come. */
  forget(pid: number): void {
    this.#causes.delete(pid)
  }
}
