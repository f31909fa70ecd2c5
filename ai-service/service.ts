import { aiContract } from '../contracts/ai.ts'
import { pageContract } from '../contracts/page.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { IpcError } from '../ipc/errors.ts'
import { endpointId } from '../ipc/identity.ts'
import { type AnalysisTools, analyzePage } from './analysis.ts'
import { AnalysisQueue, type Priority } from './analysis-queue.ts'
import { LanguageIdentifier } from './language/identifier.ts'
import { ModelManager } from './models/manager.ts'

export interface AiServiceOptions {
  readonly endpoint: Endpoint
  /** The only folder that models are read from. */
  readonly modelsFolder: string
  readonly now?: () => number
}

/** Page understanding, served on an endpoint. Disposing it ends the service and frees the models. */
export function serveAi(options: AiServiceOptions): AsyncDisposable {
  const { endpoint, modelsFolder, now = () => performance.now() } = options
  const models = new ModelManager(modelsFolder)
  const tools: AnalysisTools = { identifier: new LanguageIdentifier(models), now }
  const queue = new AnalysisQueue()
  const served = endpoint.serve(aiContract, {
    analyzeTab: async ({ tab, isVisible }, call) => {
      // Read before waiting for a turn: a tab that hangs holds up nobody else.
      const startedMs = now()
      const reader = endpoint.client(pageContract, endpointId(tab))
      const page = await reader.read({}, { signal: call.signal, within: call }).catch(rethrowAsPageGone)
      const readMs = now() - startedMs
      return queue.run(priorityOf(isVisible), call.signal, () => analyzePage(page, readMs, tools, call))
    },
    analyzeText: ({ page, isVisible }, call) =>
      queue.run(priorityOf(isVisible), call.signal, () => analyzePage(page, page.extractionMs, tools, call)),
    embed: () => Promise.reject(notYet()),
    ask: () => Promise.reject(notYet()),
    organise: () => Promise.reject(notYet()),
    interpret: () => Promise.reject(notYet()),
    judge: () => Promise.reject(notYet()),
    models: () => models.statuses(),
    releaseMemory: () => ({ released: [] }),
  })
  return {
    async [Symbol.asyncDispose]() {
      served[Symbol.dispose]()
      await models[Symbol.asyncDispose]()
    },
  }
}

function priorityOf(isVisible: boolean): Priority {
  return isVisible ? 'visible' : 'background'
}

function notYet(): IpcError {
  return new IpcError('MODEL_MISSING', 'The embedding model is missing.')
}

/** The page has left while it was being read. Apart from the codes of this process, which is well. */
class PageGoneError extends IpcError {
  constructor(cause: IpcError) {
    super('PAGE_GONE', 'The page changed while it was being read. Try again.', { retryable: true, cause })
  }
}

function rethrowAsPageGone(error: unknown): never {
  const isGone =
    error instanceof IpcError && (error.code === 'PROCESS_TERMINATED' || error.code === 'TARGET_UNAVAILABLE')
  throw isGone ? new PageGoneError(error) : error
}
