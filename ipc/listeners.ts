/** A list of listeners of which each can be taken out again, also while it is being called. */
export class Listeners<Arguments extends readonly unknown[]> {
  readonly #listeners = new Set<{ readonly call: (...values: Arguments) => void }>()

  get size(): number {
    return this.#listeners.size
  }

  add(listener: (...values: Arguments) => void): Disposable {
    const entry = { call: listener }
    this.#listeners.add(entry)
    return { [Symbol.dispose]: () => void this.#listeners.delete(entry) }
  }

  /** Calls all of them, also when one throws; the first error is thrown in the end. */
  call(...values: Arguments): void {
    const errors: unknown[] = []
    for (const entry of this.#listeners) {
      try {
        entry.call(...values)
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0) throw errors[0]
  }

  clear(): void {
    this.#listeners.clear()
  }
}
