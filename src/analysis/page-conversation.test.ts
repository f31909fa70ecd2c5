import { describe, expect, it } from 'vitest'
import type { TabToOrganise } from '../../contracts/ai.ts'
import { aiContract } from '../../contracts/ai.ts'
import type { TabState } from '../../contracts/browser.ts'
import { pageContract } from '../../contracts/page.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { AiClient } from './ai-client.ts'
import { PageConversation } from './page-conversation.ts'

const { signal } = new AbortController()
const never = (): Promise<never> => Promise.reject(new IpcError('HANDLER_ERROR', 'Not asked here.'))

const page: TabState = {
  id: '1',
  group: null,
  isPrivate: false,
  isPinned: false,
  judgement: null,
  isFrozen: false,
  isAsleep: false,
  isKeptAwake: false,
  title: 'A river',
  url: 'https://rivers.example/',
  site: 'rivers.example',
  connection: 'secure',
  iconDataUrl: null,
  isLoading: false,
  progress: 0,
  canGoBack: false,
  canGoForward: false,
  content: { kind: 'page' },
  analysis: {
    kind: 'done',
    analysis: { ...sampleAnalysis, keywords: [{ phrase: 'tide gauge', count: 3, weight: 1 }] },
  },
  pid: null,
}

function start(tabs: readonly TabState[]) {
  const controller = createEndpoint({ identity: identity('controller', 'controller') })
  const organised: TabToOrganise[][] = []
  const ai = createEndpoint({ identity: identity('ai', 'ai') })
  ai.serve(aiContract, {
    analyzeTab: never,
    analyzeText: never,
    embed: never,
    ask: ({ tab, question }) => ({
      kind: 'found' as const,
      passages: [{ paragraph: 0, text: `${tab} ${question}`, score: 1 }],
    }),
    organise: ({ tabs }) => {
      organised.push([...tabs])
      return { groups: [], duplicates: [] }
    },
    interpret: never,
    judge: never,
    place: never,
    look: never,
    models: () => [],
    releaseMemory: () => ({ released: [] }),
  })
  const tab = createEndpoint({ identity: identity('tab:1', 'tab') })
  tab.serve(pageContract, {
    read: never,
    signals: never,
    freeMemory: never,
    mark: ({ passages, current }) => ({ found: passages.map((_, index) => index === current) }),
  })
  for (const other of [ai, tab]) {
    const [near, far] = createMemoryChannel()
    other.connect(far, controller.identity)
    controller.connect(near, other.identity)
  }
  const conversation = new PageConversation({
    endpoint: controller,
    ai: new AiClient({ endpoint: controller, withAi: work => work() }),
    connectTab: tabId => tabId === '1',
    tabs: () => tabs,
  })
  return { conversation, organised }
}

describe('what a person asks of pages', () => {
  it('goes to the tab that is meant, and to no tab without a page', async () => {
    const { conversation } = start([])
    const marks = { passages: ['a', 'b'], current: 1 }
    expect(await conversation.mark('1', marks, { signal })).toEqual({ found: [false, true] })
    expect(await conversation.ask('1', 'Why?', { signal })).toMatchObject({
      passages: [{ text: 'tab:1 Why?' }],
    })
    await expect(conversation.mark('2', marks, { signal })).rejects.toMatchObject({ code: 'NOTHING_TO_READ' })
    await expect(conversation.ask('2', 'Why?', { signal })).rejects.toMatchObject({ code: 'NOTHING_TO_READ' })
  })

  it('organises the tabs that show pages, by what an analysis says of them where there is one', async () => {
    const { conversation, organised } = start([
      page,
      { ...page, id: '2', analysis: { kind: 'none' } },
      { ...page, id: '3', content: { kind: 'newTab' } },
    ])
    await conversation.organise({ signal })
    const [first, second] = organised[0] ?? []
    expect(organised[0]?.map(({ id }) => id)).toEqual(['1', '2'])
    expect(first?.text).toContain('tide gauge')
    expect(second?.text).toBe('')
  })
})
