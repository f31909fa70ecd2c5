import { describe, expect, it } from 'vitest'
import { createActor, setup } from 'xstate'
import { aiContract, type IndexedAnalysis } from '../../contracts/ai.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError, TimeoutError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { AiClient } from './ai-client.ts'
import { analysisWorker, failureOf } from './analysis-worker.ts'

const { url, title, metadata, method, isCut } = sampleAnalysis
const analysis: IndexedAnalysis = {
  analysis: sampleAnalysis,
  index: {
    passages: [{ paragraph: 0, text: 'A passage.' }],
    vectors: new Uint8Array(128),
    pageVector: new Uint8Array(128),
  },
}

/** The worker below a machine that notes what it says, and an AI process behind real message ports. */
function start(answers: readonly (() => IndexedAnalysis)[]) {
  const controller = createEndpoint({ identity: identity('controller', 'controller') })
  let calls = 0
  const cancelled = Promise.withResolvers<void>()
  function connectAi(): void {
    const [near, far] = createMemoryChannel()
    const ai = createEndpoint({ identity: identity('ai', 'ai') })
    ai.serve(aiContract, {
      analyzeTab: async (_args, call) => {
        const answer = answers[calls]
        calls += 1
        call.progress({ stage: 'read', milliseconds: 1, found: { url, title, metadata, method, isCut } })
        if (answer === undefined) {
          call.signal.addEventListener('abort', () => cancelled.resolve())
          return new Promise<IndexedAnalysis>(() => {})
        }
        return answer()
      },
      analyzeText: () => analysis,
      embed: () => new Uint8Array(),
      ask: () => ({ kind: 'notInPage' as const }),
      place: () => new Uint8Array(0),
      organise: () => ({ groups: [], duplicates: [] }),
      interpret: () => ({ kind: 'search' as const, confidence: 1 }),
      judge: () => ({ level: 'none' as const, reasons: [], probability: 0, modelMissing: null }),
      look: () => new Uint8Array(64),
      models: () => [],
      releaseMemory: () => ({ released: [] }),
    })
    ai.connect(far, controller.identity)
    controller.connect(near, identity('ai', 'ai'))
  }
  connectAi()
  const said: string[] = []
  const finished = Promise.withResolvers<void>()
  const remembered: string[] = []
  const worker = analysisWorker({
    ai: new AiClient({ endpoint: controller, withAi: work => work() }),
    connectTab: () => true,
    rememberPassages: (tabId, { url }, { passages }) =>
      remembered.push(`${tabId} ${url} ${passages.map(passage => passage.text).join()}`),
  })
  const machine = setup({ actors: { worker } }).createMachine({
    invoke: { src: 'worker', input: { tabId: 't', url: 'http://a.test/' } },
    on: {
      '*': {
        actions: ({ event }) => {
          said.push(event.type === 'failed' ? `failed ${event.code}` : event.type)
          if (event.type !== 'stage') finished.resolve()
        },
      },
    },
  })
  const actor = createActor(machine)
  actor.start()
  return {
    actor,
    said,
    remembered,
    finished: finished.promise,
    cancelled: cancelled.promise,
    controller,
    connectAi,
    calls: () => calls,
  }
}

describe('the worker of an analysis', () => {
  it('reports the stages and the result', async () => {
    const { said, finished } = start([() => analysis])
    await finished
    expect(said).toEqual(['stage', 'done'])
  })

  it('hands the passages on, apart from what the window shows', async () => {
    const { remembered, finished } = start([() => analysis])
    await finished
    expect(remembered).toEqual(['t http://example.test/ A passage.'])
  })

  it('hands on the code of a failure', async () => {
    const { said, finished } = start([
      () => {
        throw new IpcError('NOTHING_TO_READ', 'Too little text.')
      },
    ])
    await finished
    expect(said).toEqual(['stage', 'failed NOTHING_TO_READ'])
  })

  it('cancels the call when the person leaves the page', async () => {
    const { actor, cancelled } = start([])
    await new Promise(resolve => setImmediate(resolve))
    actor.stop()
    await cancelled
  })

  it('asks again, once for each stage, when the AI process dies in the middle', async () => {
    const { calls, connectAi, controller, finished, said } = start([
      () => {
        controller.connectionTo(identity('ai', 'ai').id)?.close('it died')
        connectAi()
        return analysis
      },
      () => analysis,
    ])
    await finished
    expect(calls()).toBe(2)
    expect(said.at(-1)).toBe('done')
  })
})

describe('a failure in words', () => {
  it.each([
    [new TimeoutError('late'), 'PAGE_UNRESPONSIVE'],
    [new IpcError('AI_UNAVAILABLE', 'gone'), 'AI_UNAVAILABLE'],
    [new IpcError('NOTHING_TO_READ', 'Too little text.'), 'NOTHING_TO_READ'],
    [new Error('inside'), 'HANDLER_ERROR'],
  ])('%s is %s', (error, code) => {
    const failure = failureOf(error)
    expect(failure.code).toBe(code)
    expect(failure.message).not.toContain('inside')
  })
})
