import { type Clock, systemClock } from '../../../ipc/clock.ts'
import { Listeners } from '../../../ipc/listeners.ts'
import { isWorse, type MemoryReading, type PressureLevel, pressureLevel } from './pressure-level.ts'
import { readMemory } from './read-memory.ts'

/** How scarce the machine's memory and its power are. */
export interface PressureState {
  readonly level: PressureLevel
  readonly isOnBattery: boolean
}

/** What of Electron's `powerMonitor` is used. */
export interface PowerTeller {
  isOnBatteryPower(): boolean
  on(event: 'on-ac' | 'on-battery', listener: () => void): unknown
  removeListener(event: 'on-ac' | 'on-battery', listener: () => void): unknown
}

export interface MemoryPressureOptions {
  /** Null until it may be asked: Electron's is there only once the application is ready. */
  readonly power: PowerTeller | null
  readonly read?: () => Promise<MemoryReading>
  readonly clock?: Clock
}

/** Two small files each time: a hundredth of a percent of a core. */
const readEveryMs = 5_000
/** While memory is scarce it is looked at more often, so that what was given back is seen. */
const readEveryScarceMs = 2_000
/** The system tells of a cable only on macOS, and on Windows by half; it is not plugged in and out more often. */
const askPowerEveryMs = 30_000
/** A level sinks only when so many readings in a row allow it: memory that comes and goes must not make tabs do so. */
const calmReadings = 3

/**
 * Follows how scarce the machine's memory is, and whether it runs on its battery. A level rises with the reading that
 * says so and sinks one at a time, when it has been better for some seconds.
 */
export class MemoryPressure implements Disposable {
  readonly #options: MemoryPressureOptions
  readonly #clock: Clock
  readonly #read: () => Promise<MemoryReading>
  readonly #listeners = new Listeners<[PressureState]>()
  #state: PressureState = { level: 'none', isOnBattery: false }
  #reading: MemoryReading | null = null
  #calm = 0
  #powerAskedAt = -Infinity
  #timer: Disposable | null = null
  #isClosed = false
  readonly #askPower = (): void =>
    this.#put({ isOnBattery: this.#options.power?.isOnBatteryPower() === true })

  constructor(options: MemoryPressureOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#read = options.read ?? readMemory
  }

  /** Begins to look. */
  start(): void {
    const { power } = this.#options
    power?.on('on-ac', this.#askPower)
    power?.on('on-battery', this.#askPower)
    void this.#look()
  }

  get level(): PressureLevel {
    return this.#state.level
  }

  /** False where nobody tells. */
  get isOnBattery(): boolean {
    return this.#state.isOnBattery
  }

  /** What was read last; null before the first reading. */
  get reading(): MemoryReading | null {
    return this.#reading
  }

  /** Told when the level or the source of power has changed. */
  onDidChange(listener: (state: PressureState) => void): Disposable {
    return this.#listeners.add(listener)
  }

  [Symbol.dispose](): void {
    this.#isClosed = true
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
    const { power } = this.#options
    power?.removeListener('on-ac', this.#askPower)
    power?.removeListener('on-battery', this.#askPower)
    this.#listeners.clear()
  }

  async #look(): Promise<void> {
    try {
      // What cannot be read changes nothing: it is tried again.
      const reading = await this.#read().catch(() => null)
      if (this.#isClosed) return
      this.#reading = reading ?? this.#reading
      if (reading !== null) this.#putLevel(pressureLevel(reading))
      if (this.#clock.now() - this.#powerAskedAt >= askPowerEveryMs) {
        this.#powerAskedAt = this.#clock.now()
        this.#askPower()
      }
    } finally {
      if (!this.#isClosed) {
        const delayMs = this.level === 'none' ? readEveryMs : readEveryScarceMs
        this.#timer = this.#clock.after(delayMs, () => void this.#look())
      }
    }
  }

  #putLevel(found: PressureLevel): void {
    if (found === this.level) this.#calm = 0
    else if (isWorse(found, this.level)) {
      this.#calm = 0
      this.#put({ level: found })
    } else {
      this.#calm += 1
      if (this.#calm < calmReadings) return
      this.#calm = 0
      this.#put({ level: this.level === 'critical' ? 'moderate' : 'none' })
    }
  }

  #put(change: Partial<PressureState>): void {
    const next = { ...this.#state, ...change }
    if (next.level === this.#state.level && next.isOnBattery === this.#state.isOnBattery) return
    this.#state = next
    this.#listeners.call(next)
  }
}
