/** Of several sendings under one name in one tick, only the last is done. */
export class LatestOnly {
  readonly #pending = new Map<string, () => void>()

  put(name: string, send: () => void): void {
    if (this.#pending.size === 0) queueMicrotask(() => this.#run())
    this.#pending.set(name, send)
  }

  #run(): void {
    const sendings = [...this.#pending.values()]
    this.#pending.clear()
    for (const send of sendings) send()
  }
}
