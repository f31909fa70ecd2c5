import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { mostCrashes } from '../../contracts/storage-crashes.ts'
import type { StorageClients } from '../storage/storage-client.ts'

/** How a process ended that should not have. */
export interface Crash {
  readonly kind: CrashRecord['kind']
  readonly name: string
  readonly reason: string
  readonly exitCode: number | null
  /** Null for what is not of the web, and for what is private. */
  readonly site: string | null
  readonly uptimeMs: number
  readonly lastMessages: readonly string[]
  /** Milliseconds since the epoch. */
  readonly at: number
}

export interface CrashKeeperOptions {
  readonly storage: Pick<StorageClients['crashes'], 'record' | 'list' | 'clear'>
  /** Writes in order, again and again until it is on disk: storage may be the one that crashed. */
  readonly write: (write: () => Promise<unknown>) => void
  readonly machine: () => CrashRecord['machine']
  readonly makeId: () => string
  /** A record was kept, or some are gone. */
  readonly onChanged: () => void
}

/** Keeps what is known of crashes, on this machine and nowhere else. */
export class CrashKeeper {
  readonly #options: CrashKeeperOptions

  constructor(options: CrashKeeperOptions) {
    this.#options = options
  }

  record(crash: Crash): void {
    const { storage, write, machine, makeId, onChanged } = this.#options
    const record: CrashRecord = {
      ...crash,
      id: makeId(),
      name: crash.name.slice(0, 100),
      reason: crash.reason.slice(0, 200),
      site: crash.site === null || crash.site === '' ? null : crash.site.slice(0, 300),
      uptimeMs: Math.max(0, crash.uptimeMs),
      lastMessages: [...crash.lastMessages],
      machine: machine(),
    }
    write(async () => {
      await storage.record(record)
      onChanged()
    })
  }

  /** Latest first. */
  list(): Promise<CrashRecord[]> {
    return this.#options.storage.list({ limit: mostCrashes })
  }

  async clear(): Promise<{ readonly cleared: number }> {
    const result = await this.#options.storage.clear({ before: null })
    this.#options.onChanged()
    return result
  }
}
