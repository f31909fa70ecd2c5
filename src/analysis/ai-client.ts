import { aiContract } from '../../contracts/ai.ts'
import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'

export interface AiClientOptions {
  readonly endpoint: Endpoint
  /** Runs work on the AI process, starting it when it does not run. `isAwaited`: somebody waits for what comes of it. */
  readonly withAi: <T>(work: () => Promise<T>, isAwaited: boolean) => Promise<T>
}

export interface RunOptions {
  readonly signal?: AbortSignal
  /** Done before each attempt. */
  readonly prepare?: () => void
  /** Nobody waits for it. */
  readonly isInBackground?: boolean
}

/** A process that dies in the middle of a call is asked again this often: the same page may be what kills it. */
const attempts = 3

/**
 * The way to the AI process. It starts the process, and asks again, of the process that was started in its place, what
 * was asked of one that died: every method of its contract does no harm twice.
 */
export class AiClient {
  readonly #withAi: AiClientOptions['withAi']
  readonly #ai: Client<typeof aiContract>

  constructor({ endpoint, withAi }: AiClientOptions) {
    this.#withAi = withAi
    this.#ai = endpoint.client(aiContract, endpointId('ai'))
  }

  /**
   * Makes one call. `prepare` is done before each attempt, such as connecting a tab with the new process. Rejects as the
   * call does; with AI_UNAVAILABLE when the process is not there and does not come back, after which browsing goes on.
   */
  async run<T>(
    call: (ai: Client<typeof aiContract>) => Promise<T>,
    { signal, prepare, isInBackground = false }: RunOptions = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        prepare?.()
        return await this.#withAi(() => call(this.#ai), !isInBackground)
      } catch (error) {
        if (!(error instanceof IpcError) || signal?.aborted === true) throw error
        // A page that has just changed is connected anew by `prepare`, and read then.
        const isWorthRepeating = error.code === 'PROCESS_TERMINATED' || error.code === 'PAGE_GONE'
        if (isWorthRepeating && attempt < attempts) continue
        throw isAbsence(error) ? new AiUnavailableError(error) : error
      }
    }
  }
}

/** The AI process does not answer and is not coming back by itself. */
class AiUnavailableError extends IpcError {
  constructor(cause: IpcError) {
    super(
      'AI_UNAVAILABLE',
      'The process that reads pages stopped. Browsing goes on; try again in a moment.',
      {
        cause,
      },
    )
  }
}

function isAbsence({ code }: IpcError): boolean {
  return code === 'PROCESS_TERMINATED' || code === 'TARGET_UNAVAILABLE'
}
