import { aiContract } from '../contracts/ai.ts'
import { type PageText, pageContract } from '../contracts/page.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { IpcError } from '../ipc/errors.ts'
import { endpointId } from '../ipc/identity.ts'
import { moved } from '../ipc/moving.ts'
import type { Call } from '../ipc/served-contract.ts'
import { type AnalysisTools, analyzePage } from './analysis.ts'
import { answer } from './answers/ask.ts'
import { Embedder } from './embedding/embedder.ts'
import { joinVectors, splitVectors } from './embedding/join-vectors.ts'
import { splitPassages } from './embedding/passages.ts'
import { IntentInterpreter } from './intent/interpreter.ts'
import { LanguageIdentifier } from './language/identifier.ts'
import { identifyPage } from './language/page-language.ts'
import { readingLanguage } from './language/reading-language.ts'
import { placePages } from './map/place-pages.ts'
import { ModelManager, type ModelManagerOptions } from './models/manager.ts'
import { organiseTabs } from './organising/organise.ts'
import type { AddressJudge } from './phishing/address-judge.ts'
import { Batcher } from './queue/batcher.ts'
import { InferenceQueue, type JobOptions, type Priority } from './queue/inference-queue.ts'
import { readDocument } from './text/document.ts'
import { KeywordExtractor } from './text/keywords/extractor.ts'
import { Summarizer } from './text/summary/summarizer.ts'
import { TopicClassifier } from './topic/classifier.ts'
import { PictureEncoder } from './vision/picture-encoder.ts'

export interface AiServiceOptions extends ModelManagerOptions {
  readonly endpoint: Endpoint
  /** The only folder that models are read from. */
  readonly modelsFolder: string
  readonly now?: () => number
}

/** In the order in which an analysis asks for them. */
const modelsOfAnalysis = ['language', 'topic', 'summary', 'keywords', 'embedding'] as const

/** Texts of one run of the embedding model: a few milliseconds. */
const textsOfRun = 16
/** Passages of a page that are asked; beyond a book's chapter the rest is not. */
const mostAskedPassages = 500

/** The AI process at work. */
export interface AiService extends AsyncDisposable {
  /** Releases every model that is not in use; each is opened again by its next use. */
  trim(): Promise<void>
}

/** Page understanding, served on an endpoint. Disposing it ends the service and frees the models. */
export function serveAi(options: AiServiceOptions): AiService {
  const { endpoint, modelsFolder, now = () => performance.now() } = options
  const models = new ModelManager(modelsFolder, options)
  const queue = new InferenceQueue({ now })
  const identifier = new LanguageIdentifier(models)
  const embedder = new Embedder(models)
  const interpreter = new IntentInterpreter(models)
  // Brings along the list of public suffixes, a third of all code: loaded by the first judgement.
  let judge: Promise<AddressJudge> | null = null
  const loadJudge = (): Promise<AddressJudge> => {
    judge ??= import('./phishing/address-judge.ts').then(
      ({ AddressJudge }) => new AddressJudge(models),
      (error: unknown) => {
        // Tried again by the next: a rejection that is kept would outlast its cause.
        judge = null
        throw error
      },
    )
    return judge
  }
  const pictures = new PictureEncoder(models)
  const batcher = new Batcher<string, Int8Array>({
    queue,
    mostItems: textsOfRun,
    run: texts => embedder.embed(texts),
  })
  const tools: AnalysisTools = {
    identifier,
    topics: new TopicClassifier(models, embedder),
    summarizer: new Summarizer(models),
    keywords: new KeywordExtractor(models),
    embed: (texts, turn) => turn.outside(() => batcher.request(texts, turn)),
    now,
  }

  async function readTab(tab: string, call: Waiting): Promise<{ page: PageText; readMs: number }> {
    // Before waiting for a turn: a tab that hangs holds up nobody else.
    const startedMs = now()
    const reader = endpoint.client(pageContract, endpointId(tab))
    const page = await reader.read({}, { signal: call.signal, within: call }).catch(rethrowAsPageGone)
    return { page, readMs: now() - startedMs }
  }

  const served = endpoint.serve(aiContract, {
    analyzeTab: async ({ tab, isVisible }, call) => {
      models.expect(modelsOfAnalysis)
      const { page, readMs } = await readTab(tab, call)
      return queue.run(jobOf(call, isVisible), turn =>
        analyzePage(page, readMs, tools, { turn, progress: result => call.progress(result) }),
      )
    },
    analyzeText: ({ page, isVisible }, call) => {
      models.expect(modelsOfAnalysis)
      return queue.run(jobOf(call, isVisible), turn =>
        analyzePage(page, page.extractionMs, tools, { turn, progress: result => call.progress(result) }),
      )
    },
    embed: async ({ texts, isVisible }, { signal }) => {
      const priority = priorityOf(isVisible)
      const vectors = await batcher.request(texts, { priority, signal, arrival: queue.arrive() })
      return moved(joinVectors(vectors))
    },
    ask: async ({ tab, question }, call) => {
      const { page } = await readTab(tab, call)
      return queue.run(jobOf(call, true), async turn => {
        const tag = readingLanguage(page, await identifyPage(page.paragraphs, identifier))
        const passages = splitPassages(await readDocument(page, tag, turn), mostAskedPassages)
        const found = await answer(question, passages, embedder, turn, tag)
        return found.kind === 'notInPage' ? found : { kind: 'found', passages: [...found.passages] }
      })
    },
    organise: ({ tabs }, call) => queue.run(jobOf(call, true), turn => organiseTabs(tabs, embedder, turn)),
    // Before everybody else: somebody types, and waits at every letter.
    interpret: ({ text }, call) =>
      queue.run({ ...jobOf(call, true), partOf: -1 }, () => interpreter.interpret(text)),
    judge: (facts, call) => queue.run(jobOf(call, true), async () => (await loadJudge()).judge(facts)),
    look: ({ width, height, pixels }, call) =>
      queue.run(jobOf(call, false), async () => {
        const vector = await pictures.look({ width, height, pixels, order: 'bgra' })
        return moved(new Uint8Array(vector.buffer))
      }),
    place: ({ vectors }, call) =>
      queue.run(jobOf(call, false), async turn => {
        const positions = await placePages(splitVectors(vectors), turn)
        return moved(new Uint8Array(positions.buffer))
      }),
    models: () => models.statuses(),
    releaseMemory: async () => ({ released: await models.releaseMemory() }),
  })
  return {
    async trim() {
      await models.releaseMemory()
    },
    async [Symbol.asyncDispose]() {
      served[Symbol.dispose]()
      await models[Symbol.asyncDispose]()
    },
  }
}

/** What a call says of who waits for it. */
type Waiting = Pick<Call<never>, 'signal' | 'deadlineAt' | 'traceId' | 'spanId'>

function jobOf({ signal, deadlineAt }: Waiting, isVisible: boolean): JobOptions {
  return { priority: priorityOf(isVisible), signal, deadlineAt }
}

function priorityOf(isVisible: boolean): Priority {
  return isVisible ? 'visible' : 'background'
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
