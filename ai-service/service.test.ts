import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aiContract } from '../contracts/ai.ts'
import { type PageText, pageContract } from '../contracts/page.ts'
import { analysisStages, type StageResult } from '../contracts/page-analysis.ts'
import { createEndpoint } from '../ipc/endpoint.ts'
import { IpcError, ProcessTerminatedError } from '../ipc/errors.ts'
import { endpointId, identity } from '../ipc/identity.ts'
import { createMemoryChannel } from '../ipc/transports/memory.ts'
import { serveAi } from './service.ts'
import { copyModels, shippedModels } from './testing/models-folder.ts'
import { lighthouseArticle, pageOf } from './testing/texts.ts'

/** The AI endpoint between a controller and one tab, joined as main would join them. */
function joined(modelsFolder: string, read: (signal: AbortSignal) => PageText | Promise<PageText>) {
  const [ai, controller, tab] = [
    createEndpoint({ identity: identity('ai', 'ai') }),
    createEndpoint({ identity: identity('controller', 'controller') }),
    createEndpoint({ identity: identity('tab:7', 'tab') }),
  ] as const
  for (const other of [controller, tab]) {
    const [here, there] = createMemoryChannel()
    ai.connect(here, other.identity)
    other.connect(there, ai.identity)
  }
  tab.serve(pageContract, {
    read: (_, call) => read(call.signal),
    mark: () => ({ found: [] }),
    freeMemory: () => ({}),
    signals: () => Promise.reject(new Error('The AI process does not ask for them')),
  })
  const service = serveAi({ endpoint: ai, modelsFolder })
  return {
    client: controller.client(aiContract, endpointId('ai')),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      for (const endpoint of [ai, controller, tab]) endpoint[Symbol.dispose]()
    },
  }
}

describe('the AI service', () => {
  it('reads the page from the tab and analyses it, stage by stage', async () => {
    await using nexus = joined(shippedModels, () => pageOf(lighthouseArticle))
    const stages: StageResult[] = []
    const { analysis } = await nexus.client.analyzeTab(
      { tab: 'tab:7', isVisible: true },
      { onProgress: report => void stages.push(report) },
    )
    expect(stages.map(report => report.stage)).toEqual(analysisStages)
    expect(analysis.language).toMatchObject({ kind: 'known', guess: { tag: 'en' } })
    const loaded = (await nexus.client.models({})).filter(model => model.state === 'loaded')
    expect(loaded.map(model => model.name)).toEqual(
      expect.arrayContaining(['embedding', 'language', 'topic']),
    )
  })

  it('analyses text that is at hand', async () => {
    await using nexus = joined(shippedModels, () => pageOf([]))
    const { analysis } = await nexus.client.analyzeText({ page: pageOf(lighthouseArticle), isVisible: false })
    expect(analysis.summary.length).toBeGreaterThan(0)
  })

  it('passes on why there is nothing to analyse', async () => {
    await using empty = joined(shippedModels, () => pageOf([]))
    await expect(empty.client.analyzeTab({ tab: 'tab:7', isVisible: true })).rejects.toMatchObject({
      code: 'NOTHING_TO_READ',
    })
    await using picture = joined(shippedModels, () => {
      throw new IpcError('NOT_READABLE', 'This is no page of text but a PDF.')
    })
    await expect(picture.client.analyzeTab({ tab: 'tab:7', isVisible: true })).rejects.toMatchObject({
      code: 'NOT_READABLE',
      message: 'This is no page of text but a PDF.',
    })
  })

  it('tells a page that left while it was being read from an end of its own process', async () => {
    await using nexus = joined(shippedModels, () => {
      throw new ProcessTerminatedError('tab:7 is gone')
    })
    await expect(nexus.client.analyzeTab({ tab: 'tab:7', isVisible: true })).rejects.toMatchObject({
      code: 'PAGE_GONE',
      retryable: true,
    })
  })

  it('stops asking the tab when the caller leaves', async () => {
    const asked = Promise.withResolvers<AbortSignal>()
    await using nexus = joined(shippedModels, signal => {
      asked.resolve(signal)
      return new Promise(() => {})
    })
    const abort = new AbortController()
    const answer = nexus.client.analyzeTab({ tab: 'tab:7', isVisible: true }, { signal: abort.signal })
    const signal = await asked.promise
    const told = new Promise(resolve => signal.addEventListener('abort', resolve))
    abort.abort()
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' })
    await told
  })

  it('does without a model that is missing, and says which', async () => {
    using models = copyModels()
    rmSync(join(models.folder, 'language.onnx'))
    await using nexus = joined(models.folder, () => pageOf(lighthouseArticle))
    const { analysis } = await nexus.client.analyzeTab({ tab: 'tab:7', isVisible: true })
    expect(analysis.language).toMatchObject({
      kind: 'unavailable',
      code: 'MODEL_MISSING',
      message: expect.stringContaining('language.onnx'),
    })
    expect(analysis.summary.length).toBeGreaterThan(0)
    expect(await nexus.client.models({})).toContainEqual({
      name: 'language',
      state: 'unavailable',
      reason: expect.stringContaining('language.onnx'),
    })
  })

  it('answers questions about a page with its passages, or says that the answer is not there', async () => {
    await using nexus = joined(shippedModels, () => pageOf(lighthouseArticle))
    const question = 'When was the lighthouse built?'
    const answer = await nexus.client.ask({ tab: 'tab:7', question })
    expect(answer).toMatchObject({ kind: 'found' })
    expect(answer.kind === 'found' && answer.passages[0]?.text).toContain('built in 1871')
    expect(await nexus.client.ask({ tab: 'tab:7', question: 'Who won the football cup?' })).toEqual({
      kind: 'notInPage',
    })
  })

  it('gives vectors in the order of their texts, whoever asks for them at once', async () => {
    await using nexus = joined(shippedModels, () => pageOf([]))
    const embed = (texts: string[]) => nexus.client.embed({ texts, isVisible: false })
    const [both, first, second, none] = await Promise.all([
      embed(['a boat at sea', 'a tax on income']),
      embed(['a boat at sea']),
      embed(['a tax on income']),
      embed([]),
    ])
    expect(both).toEqual(new Uint8Array([...first, ...second]))
    expect([first.length, none.length]).toEqual([128, 0])
    expect(first).not.toEqual(second)
  })

  it('organises tabs, judges addresses and understands commands', async () => {
    await using nexus = joined(shippedModels, () => pageOf([]))
    const tab = (id: string, title: string) => ({ id, title, url: `https://${id}.example/`, text: title })
    const { groups } = await nexus.client.organise({
      tabs: [
        tab('a', 'Chocolate cake recipe with butter and eggs'),
        tab('b', 'Baking a cake: recipe for beginners'),
        tab('c', 'Parliament votes on the new tax law'),
      ],
    })
    expect(groups.map(group => group.tabs)).toEqual([['a', 'b']])
    const verdict = await nexus.client.judge({
      url: 'https://www.wikipedia.org/',
      title: 'Wikipedia',
      signals: null,
      visits: null,
      looksLike: null,
    })
    expect(verdict.level).toBe('none')
    expect(await nexus.client.interpret({ text: 'close all other tabs' })).toMatchObject({
      kind: 'command',
      action: 'close_other_tabs',
    })
  })

  it('gives its memory back when main asks for it, and works on', async () => {
    await using nexus = joined(shippedModels, () => pageOf([]))
    const embed = () => nexus.client.embed({ texts: ['a boat at sea'], isVisible: true })
    const before = await embed()
    expect(await nexus.client.releaseMemory({})).toEqual({ released: ['embedding'] })
    expect(await embed()).toEqual(before)
  })

  it('says which model is missing to whoever asks for vectors', async () => {
    using models = copyModels()
    rmSync(join(models.folder, 'embedding.onnx'))
    await using nexus = joined(models.folder, () => pageOf(lighthouseArticle))
    await expect(nexus.client.embed({ texts: ['x'], isVisible: true })).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining('embedding.onnx'),
    })
    const { analysis, index } = await nexus.client.analyzeTab({ tab: 'tab:7', isVisible: true })
    expect({ passages: analysis.passages, index }).toMatchObject({
      passages: { kind: 'unavailable', code: 'MODEL_MISSING' },
      index: null,
    })
  })
})
