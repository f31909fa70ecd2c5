import type { LaunchStep } from '../../../contracts/processes.ts'

/** What was done to start each process, with its time: the latest start of each is kept. */
export class LaunchLog {
  readonly #now: () => number
  readonly #steps = new Map<string, LaunchStep[]>()

  /** `now` is in milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Says that a step is done. The first of them, the identity, begins anew. */
  note(id: string, step: LaunchStep['step']): void {
    const done = { step, at: this.#now() }
    const steps = this.#steps.get(id)
    if (step === 'identity' || steps === undefined) this.#steps.set(id, [done])
    else if (!steps.some(one => one.step === step)) steps.push(done)
  }

  of(id: string): readonly LaunchStep[] {
    return this.#steps.get(id) ?? []
  }

  /** Nobody will ask any more. */
  forget(id: string): void {
    this.#steps.delete(id)
  }
}
