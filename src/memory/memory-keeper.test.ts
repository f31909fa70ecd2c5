import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aiContract } from '../../contracts/ai.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError, ProcessTerminatedError } from '../../ipc/errors.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { AiClient } from '../analysis/ai-client.ts'
import type { StorageClient } from '../storage/storage-client.ts'
import { MemoryKeeper } from './memory-keeper.ts'

const vector = new Uint8Array(128).fill(3)

describe('what the browser remembers', () => {
  let asked: string[]
  let isAiThere: boolean
  let isMemoryShort: boolean
  let embed: () => Promise<Uint8Array>
  let clock: SimulatedClock
  let keeper: MemoryKeeper

  beforeEach(() => {
    asked = []
    isAiThere = true
    isMemoryShort = false
    embed = () => Promise.resolve(vector)
    clock = new SimulatedClock()
    const endpoint = createEndpoint({ identity: identity('controller', 'controller') })
    const ai = new AiClient({ endpoint, withAi: work => work() })
    const client = {
      ...endpoint.client(aiContract, endpointId('ai')),
      embed: () => embed(),
      analyzeTab: () => {
        asked.push('analyzeTab')
        return Promise.reject(new ProcessTerminatedError('it died'))
      },
    }
    // The way to the process is real; the process is not.
    ai.run = async (call, options) => {
      options?.prepare?.()
      try {
        return await call(client)
      } catch (error) {
        if (!(error instanceof ProcessTerminatedError)) throw error
        options?.prepare?.()
        return call(client)
      }
    }
    const note =
      <Answer>(name: string, answer: Answer) =>
      (args: object): Promise<Answer> => {
        asked.push(
          `${name} ${JSON.stringify(args, (_, value) => (value instanceof Uint8Array ? value.length : value))}`,
        )
        return Promise.resolve(answer)
      }
    const storage = {
      searchPassages: note('search', []),
      savePassages: note('save', { isChanged: true }),
      lastRead: note('lastRead', { at: null }),
      forgetPage: note('forget', { pages: 1, passages: 2 }),
    }
    keeper = new MemoryKeeper({
      storage: storage as unknown as StorageClient,
      ai,
      connectTab: () => true,
      isAiThere: () => isAiThere,
      onRead: () => {},
      isOnBattery: () => false,
      isMemoryShort: () => isMemoryShort,
      clock,
      debug: () => {},
    })
  })

  afterEach(() => keeper[Symbol.dispose]())

  const search = (query: string) => keeper.search(query, 5, { signal: new AbortController().signal })

  it('searches by words and by the meaning of the query', async () => {
    expect(await search('tide')).toEqual({ pages: [], meaning: { kind: 'used' } })
    expect(asked).toEqual(['search {"query":"tide","vector":128,"limit":5}'])
  })

  it('asks no model what nothing means', async () => {
    embed = () => Promise.reject(new Error('not to be asked'))
    expect(await search('  ')).toEqual({ pages: [], meaning: { kind: 'notNeeded' } })
  })

  it('searches by words alone when the model or its process is not there, and says so', async () => {
    embed = () => Promise.reject(new IpcError('MODEL_MISSING', 'There is no model.'))
    expect((await search('tide')).meaning).toEqual({
      kind: 'unavailable',
      code: 'MODEL_MISSING',
      message: 'There is no model.',
    })
    isAiThere = false
    embed = () => Promise.reject(new Error('not to be started again'))
    expect((await search('tide')).meaning).toMatchObject({ code: 'AI_UNAVAILABLE' })
    expect(asked).toEqual(Array(2).fill('search {"query":"tide","vector":null,"limit":5}'))
  })

  it('keeps what an analysis found, and nothing where there is no index', async () => {
    await keeper.keep('https://a.example/', { analysis: sampleAnalysis, index: null })
    expect(asked).toEqual([])
    const index = { passages: [], vectors: new Uint8Array(), pageVector: vector }
    await keeper.keep('https://a.example/', { analysis: sampleAnalysis, index })
    expect(asked).toEqual([expect.stringContaining('save {"url":"https://a.example/","title":"Example"')])
  })

  it('reads nothing in the background while memory is short', async () => {
    isMemoryShort = true
    keeper.follow([{ id: '1', url: 'https://a.example/', isReady: true }], '1')
    clock.advance(60_000)
    await new Promise(resolve => setImmediate(resolve))
    expect(asked).toEqual([])
  })

  it('asks the AI process once for a page that kills it, and not at all for one that was forgotten', async () => {
    const tabs = [{ id: '1', url: 'https://a.example/', isReady: true }]
    keeper.follow(tabs, '1')
    clock.advance(2_000)
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(asked).toEqual(['lastRead {"url":"https://a.example/"}', 'analyzeTab'])
    await keeper.forget('https://b.example/', true)
    keeper.follow([{ id: '1', url: 'https://b.example/', isReady: true }], '1')
    clock.advance(10_000)
    await new Promise(resolve => setTimeout(resolve, 5))
    expect(asked.slice(2)).toEqual(['forget {"url":"https://b.example/","withHistory":true}'])
  })
})
