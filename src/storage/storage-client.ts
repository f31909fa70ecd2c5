import { storageContract } from '../../contracts/storage.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Log } from '../../ipc/log.ts'

export type StorageClient = Client<typeof storageContract>

export function storageClient(endpoint: Endpoint): StorageClient {
  return endpoint.client(storageContract, endpointId('storage'))
}

/** Writes that wait at most; beyond it the oldest are given up and counted, and the person is told. */
const queueLimit = 5_000

/**
 * Writes in order, each as soon as the one before is on disk. A write that fails because the storage process died is
 * repeated when it is back: every write is idempotent by contract, so that nothing is lost and nothing is doubled.
 */
export class WriteQueue {
  readonly #waiting: (() => Promise<unknown>)[] = []
  readonly #log: Log
  readonly #onLost: (count: number) => void
  #isRunning = false
  #lost = 0
  #idle: (() => void)[] = []

  constructor(options: { log: Log; onLost: (count: number) => void }) {
    this.#log = options.log
    this.#onLost = options.onLost
  }

  add(write: () => Promise<unknown>): void {
    this.#waiting.push(write)
    if (this.#waiting.length > queueLimit) {
      this.#waiting.shift()
      this.#lost += 1
      this.#onLost(this.#lost)
    }
    void this.#run()
  }

  /** Resolves when nothing waits. */
  drained(): Promise<void> {
    if (!this.#isRunning) return Promise.resolve()
    return new Promise(resolve => this.#idle.push(resolve))
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    for (let write = this.#waiting[0]; write !== undefined; write = this.#waiting[0]) {
      try {
        await write()
        this.#waiting.shift()
      } catch (error) {
        if (isWorthRepeating(error)) continue
        this.#waiting.shift()
        this.#lost += 1
        this.#log({
          level: 'error',
          message: `A write was refused: ${error instanceof Error ? error.message : error}`,
        })
        this.#onLost(this.#lost)
      }
    }
    this.#isRunning = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }
}

/** The call itself waits for the process to come back, so repeating at once does not spin. */
function isWorthRepeating(error: unknown): boolean {
  return error instanceof IpcError && error.retryable
}
