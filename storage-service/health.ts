import type { StorageHealth } from '../contracts/storage-care.ts'
import type { Clock } from '../ipc/clock.ts'
import { StorageError, type StorageErrorCode } from './storage-error.ts'

/** How often a write is tried while writes are refused, so that room is noticed though nobody writes. */
const probeIntervalMs = 3_000

export interface HealthOptions {
  readonly clock: Clock
  readonly announce: (health: StorageHealth) => void
  /** Writes something; what comes of it is told by `ended`. */
  readonly probe: () => void
}

type RefusalCode = Extract<StorageHealth, { kind: 'refusingWrites' }>['code']

const messages: Readonly<Record<RefusalCode, string>> = {
  DISK_FULL:
    'The disk is full, so nothing can be saved. What is stored can still be read. Free some space; saving goes on by itself.',
  DATABASE_READ_ONLY:
    'The folder of the profile cannot be written any more. Allow writing to it; saving goes on by itself.',
  DATABASE_BUSY:
    'Another program holds the database of the profile, so nothing can be saved. Close it; saving goes on by itself.',
  DATABASE_UNREACHABLE:
    'The file of the database cannot be reached any more. Check the disk it lies on; saving goes on by itself.',
}

/** Whether writes work, found out by the writes themselves. */
export class Health implements Disposable {
  readonly #options: HealthOptions
  #state: StorageHealth = { kind: 'sound' }
  #probing: Disposable | null = null

  constructor(options: HealthOptions) {
    this.#options = options
  }

  get state(): StorageHealth {
    return this.#state
  }

  /** Tells how a write ended; null for well. */
  ended(error: unknown): void {
    const code = error === null ? null : refusalOf(StorageError.of(error).code)
    if (code === null) {
      // A write may fail for a reason of its own, which says nothing about the disk.
      if (error === null) this.#become({ kind: 'sound' })
      return
    }
    if (this.#state.kind === 'sound' || this.#state.code !== code) {
      const since = this.#options.clock.wallClock()
      this.#become({ kind: 'refusingWrites', code, message: messages[code], since })
    }
  }

  [Symbol.dispose](): void {
    this.#probing?.[Symbol.dispose]()
  }

  #become(state: StorageHealth): void {
    if (state.kind === 'sound' && this.#state.kind === 'sound') return
    this.#state = state
    this.#probing?.[Symbol.dispose]()
    this.#probing = state.kind === 'sound' ? null : this.#probeLater()
    this.#options.announce(state)
  }

  #probeLater(): Disposable {
    return this.#options.clock.after(probeIntervalMs, () => {
      this.#probing = this.#probeLater()
      this.#options.probe()
    })
  }
}

function refusalOf(code: StorageErrorCode): RefusalCode | null {
  switch (code) {
    case 'DISK_FULL':
    case 'DATABASE_READ_ONLY':
    case 'DATABASE_BUSY':
    case 'DATABASE_UNREACHABLE':
      return code
    default:
      return null
  }
}
