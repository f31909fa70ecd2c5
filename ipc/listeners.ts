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

  call(...values: Arguments): void {
    for (const entry of this.#listeners) entry.call(...values)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
