/** What the system says about its battery; of systeminformation only this is used. */
export type ReadBattery = () => Promise<{ readonly hasBattery: boolean; readonly acConnected: boolean }>

/** A cable is not plugged in and out more often. */
const freshMs = 60_000

/** Whether the machine runs on its battery, looked up at most once a minute and never waited for. */
export class PowerSource {
  readonly #read: ReadBattery
  readonly #now: () => number
  #isOnBattery = false
  #askedAt = -Infinity

  constructor(now: () => number, read: ReadBattery = readBattery) {
    this.#now = now
    this.#read = read
  }

  /** As it was when it was last asked; false at first, and where the system does not tell. */
  get isOnBattery(): boolean {
    if (this.#now() - this.#askedAt >= freshMs) {
      this.#askedAt = this.#now()
      this.#read().then(
        ({ hasBattery, acConnected }) => {
          this.#isOnBattery = hasBattery && !acConnected
        },
        () => {
          this.#isOnBattery = false
        },
      )
    }
    return this.#isOnBattery
  }
}

async function readBattery(): ReturnType<ReadBattery> {
  // Loaded on demand, as it costs start-up time.
  const systeminformation = await import('systeminformation')
  return systeminformation.battery()
}
