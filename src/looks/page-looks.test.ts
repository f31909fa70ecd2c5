import { describe, expect, it } from 'vitest'
import { aiContract } from '../../contracts/ai.ts'
import type { PageLook, SimilarLook } from '../../contracts/looks.ts'
import { pageContract } from '../../contracts/page.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { AiClient } from '../analysis/ai-client.ts'
import { PageLooks, type PageLooksOptions } from './page-looks.ts'

const { signal } = new AbortController()
const never = (): Promise<never> => Promise.reject(new IpcError('HANDLER_ERROR', 'Not asked here.'))
const picture = { width: 2, height: 1, pixels: new Uint8Array(8) }
const vector = new Uint8Array(64).fill(3)

const look = (host: string, likeness: number): SimilarLook => ({
  url: `https://${host}/`,
  host,
  title: '',
  asksPassword: true,
  likeness,
})

function start(change: Partial<PageLooksOptions> = {}, alike: readonly SimilarLook[] = []) {
  const controller = createEndpoint({ identity: identity('controller', 'controller') })
  const ai = createEndpoint({ identity: identity('ai', 'ai') })
  ai.serve(aiContract, {
    analyzeTab: never,
    analyzeText: never,
    embed: never,
    ask: never,
    place: never,
    organise: never,
    interpret: never,
    judge: never,
    look: () => vector,
    models: () => [],
    releaseMemory: () => ({ released: [] }),
  })
  const tab = createEndpoint({ identity: identity('tab:1', 'tab') })
  tab.serve(pageContract, {
    read: never,
    mark: never,
    freeMemory: never,
    signals: () => ({
      title: '',
      signals: {
        passwordFields: 1,
        forms: [],
        hiddenTextShare: 0,
        faviconHost: null,
        canonicalHost: null,
        openGraphSiteName: null,
        externalLinkHosts: 0,
        fullPageFrames: 0,
        refreshHost: null,
      },
    }),
  })
  for (const other of [ai, tab]) {
    const [near, far] = createMemoryChannel()
    other.connect(far, controller.identity)
    controller.connect(near, other.identity)
  }
  const saved: PageLook[] = []
  const looks = new PageLooks({
    endpoint: controller,
    ai: new AiClient({ endpoint: controller, withAi: work => work() }),
    storage: {
      saveLook: kept => {
        saved.push(kept)
        return Promise.resolve({})
      },
      lookOf: ({ url }) => Promise.resolve({ vector: url.includes('seen') ? vector : new Uint8Array() }),
      similarLooks: ({ exceptHost }) => Promise.resolve(alike.filter(({ host }) => host !== exceptHost)),
      visitsOfHost: ({ host }) =>
        Promise.resolve({ earlierDays: host.startsWith('known') ? 5 : 0, firstVisitAt: null }),
    },
    connectTab: () => true,
    capture: () => Promise.resolve(picture),
    wallClock: () => 1_800_000_000_000,
    debug: () => {},
    ...change,
  })
  return { looks, saved }
}

describe('how pages look', () => {
  it('is kept as a vector, with whether the page asks for a password', async () => {
    const { looks, saved } = start()
    await looks.keep('1', 'https://bank.example/in')
    expect(saved).toEqual([
      {
        url: 'https://bank.example/in',
        host: 'bank.example',
        asksPassword: true,
        vector,
        at: 1_800_000_000_000,
      },
    ])
  })

  it('is not kept where nothing can be seen, and nobody is told of a failure', async () => {
    const { looks, saved } = start({ capture: () => Promise.resolve(null) })
    await looks.keep('1', 'https://bank.example/in')
    const broken = start({ capture: () => Promise.reject(new Error('no view')) })
    await broken.looks.keep('1', 'https://bank.example/in')
    expect([...saved, ...broken.saved]).toEqual([])
  })

  it('finds pages that look the same, of what was seen', async () => {
    const { looks } = start({}, [look('a.example', 0.95), look('b.example', 0.3)])
    expect((await looks.similar('https://seen.example/')).map(({ host }) => host)).toEqual(['a.example'])
    expect(await looks.similar('https://other.example/')).toEqual([])
  })

  it('names the known site that a page imitates: near in looks, of another site, visited on several days', async () => {
    const resembling = async (...alike: SimilarLook[]) =>
      start({}, alike).looks.resembles('1', 'https://new.copy.example/', signal)
    expect(await resembling(look('known.example', 0.96))).toBe('known.example')
    expect(await resembling(look('strange.example', 0.99), look('known.example', 0.96))).toBe('known.example')
    expect(await resembling(look('known.copy.example', 0.96))).toBeNull()
    expect(await resembling(look('known.example', 0.94))).toBeNull()
    expect(await resembling()).toBeNull()
  })

  it('says nothing where the AI process does not answer', async () => {
    const { looks } = start({ ai: { run: () => Promise.reject(new IpcError('AI_UNAVAILABLE', 'gone')) } })
    expect(await looks.resembles('1', 'https://new.example/', signal)).toBeNull()
  })
})
