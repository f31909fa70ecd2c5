type Listener = (...args: never[]) => void

/** Node's EventEmitter as far as a sandboxed preload has it: the module `events`, and the base of `ipcRenderer`. */
export class EventEmitter {
  static defaultMaxListeners = 10
  readonly #listeners = new Map<string | symbol, { listener: Listener; isOnce: boolean }[]>()
  #maximum = EventEmitter.defaultMaxListeners

  static get EventEmitter(): typeof EventEmitter {
    return EventEmitter
  }

  /** Resolves with the arguments of the next event; rejects on 'error'. */
  static once(emitter: EventEmitter, event: string | symbol): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const onEvent = (...args: unknown[]): void => {
        emitter.off('error', onError)
        resolve(args)
      }
      const onError = (error: unknown): void => {
        emitter.off(event, onEvent)
        reject(error)
      }
      emitter.once(event, onEvent)
      if (event !== 'error') emitter.once('error', onError)
    })
  }

  on(event: string | symbol, listener: Listener): this {
    return this.#add(event, listener, false, false)
  }

  addListener(event: string | symbol, listener: Listener): this {
    return this.#add(event, listener, false, false)
  }

  once(event: string | symbol, listener: Listener): this {
    return this.#add(event, listener, true, false)
  }

  prependListener(event: string | symbol, listener: Listener): this {
    return this.#add(event, listener, false, true)
  }

  prependOnceListener(event: string | symbol, listener: Listener): this {
    return this.#add(event, listener, true, true)
  }

  off(event: string | symbol, listener: Listener): this {
    return this.removeListener(event, listener)
  }

  removeListener(event: string | symbol, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? []
    const index = listeners.findLastIndex(entry => entry.listener === listener)
    if (index === -1) return this
    const rest = listeners.toSpliced(index, 1)
    if (rest.length === 0) this.#listeners.delete(event)
    else this.#listeners.set(event, rest)
    if (event !== 'removeListener') this.emit('removeListener', event, listener)
    return this
  }

  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.#listeners.clear()
    else this.#listeners.delete(event)
    return this
  }

  emit(event: string | symbol, ...args: unknown[]): boolean {
    const listeners = this.#listeners.get(event)
    if (!listeners) {
      if (event === 'error') throw args[0]
      return false
    }
    for (const { listener, isOnce } of listeners) {
      if (isOnce) this.removeListener(event, listener)
      Reflect.apply(listener, this, args)
    }
    return true
  }

  eventNames(): (string | symbol)[] {
    return [...this.#listeners.keys()]
  }

  listeners(event: string | symbol): Listener[] {
    return (this.#listeners.get(event) ?? []).map(entry => entry.listener)
  }

  rawListeners(event: string | symbol): Listener[] {
    return this.listeners(event)
  }

  listenerCount(event: string | symbol): number {
    return this.#listeners.get(event)?.length ?? 0
  }

  setMaxListeners(count: number): this {
    this.#maximum = count
    return this
  }

  getMaxListeners(): number {
    return this.#maximum
  }

  #add(event: string | symbol, listener: Listener, isOnce: boolean, isFirst: boolean): this {
    if (typeof listener !== 'function')
      throw new TypeError(`The "listener" argument must be of type function. Received ${typeof listener}`)
    if (this.#listeners.has('newListener')) this.emit('newListener', event, listener)
    const listeners = this.#listeners.get(event) ?? []
    const entry = { listener, isOnce }
    this.#listeners.set(event, isFirst ? [entry, ...listeners] : [...listeners, entry])
    return this
  }
}
