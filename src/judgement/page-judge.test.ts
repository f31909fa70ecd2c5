import { expect, it } from 'vitest'
import type { Judgement } from '../../contracts/judgement.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError, ProcessTerminatedError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import type { AiClient } from '../analysis/ai-client.ts'
import type { TabId } from '../controller/tab-model.ts'
import { PageJudge, type PageJudgeOptions } from './page-judge.ts'

const caution: Judgement = {
  level: 'caution',
  reasons: [{ kind: 'passwordOnNewHost' }],
  probability: 0.9,
  modelMissing: null,
}
const minuteMs = 60_000

/** A judge over an AI process that does what `ai` says, and notes what it was asked. */
function start(ai: () => Promise<Judgement>, change: Partial<PageJudgeOptions> = {}) {
  const asked: string[] = []
  let now = 1_800_000_000_000
  const client: Pick<AiClient, 'run'> = {
    async run(_call, options) {
      for (let attempt = 0; attempt < 3; attempt++) {
        options?.prepare?.()
        asked.push('ai')
        try {
          return (await ai()) as never
        } catch (error) {
          if (!(error instanceof IpcError) || error.code !== 'PROCESS_TERMINATED') throw error
        }
      }
      throw new IpcError('AI_UNAVAILABLE', 'gone')
    },
  }
  const judge = new PageJudge({
    endpoint: createEndpoint({ identity: identity('controller', 'controller') }),
    ai: client,
    storage: {
      visitsOfHost: ({ host }) => {
        asked.push(`visits of ${host}`)
        return Promise.resolve({ earlierDays: 0, firstVisitAt: null })
      },
    },
    connectTab: () => false,
    resembles: () => Promise.resolve(null),
    trustedSites: () => ['known.example'],
    wallClock: () => now,
    ...change,
  })
  return {
    asked,
    pass: (ms: number) => {
      now += ms
    },
    judge: (url: string) => judge.judge({ tabId: 't1' as TabId, url }, new AbortController().signal),
  }
}

it('asks with what the history knows of the host', async () => {
  const { asked, judge } = start(() => Promise.resolve(caution))
  expect(await judge('https://new.example/login')).toEqual(caution)
  expect(asked).toEqual(['visits of new.example', 'ai'])
})

it('asks nobody about this computer, about sites that the person knows, and about what is no page of the web', async () => {
  const { asked, judge } = start(() => Promise.resolve(caution))
  for (const url of ['http://localhost:8080/', 'https://shop.known.example/', 'nexus://chrome/', '']) {
    expect(await judge(url)).toBeNull()
  }
  expect(asked).toEqual([])
})

it('judges by the address where the history and the page do not answer', async () => {
  const { judge } = start(() => Promise.resolve(caution), {
    storage: { visitsOfHost: () => Promise.reject(new Error('gone')) },
  })
  expect(await judge('https://new.example/')).toEqual(caution)
})

it('starts a process that dies of judging no second time for the same page, and then leaves it alone for longer and longer', async () => {
  const { asked, judge, pass } = start(() => Promise.reject(new ProcessTerminatedError('died')))
  const asksAi = async (): Promise<number> => {
    asked.length = 0
    expect(await judge('https://new.example/')).toBeNull()
    return asked.filter(one => one === 'ai').length
  }
  expect(await asksAi()).toBe(1)
  expect(await asksAi()).toBe(0)
  pass(5 * minuteMs)
  expect(await asksAi()).toBe(1)
  pass(5 * minuteMs)
  expect(await asksAi()).toBe(0)
  pass(5 * minuteMs)
  expect(await asksAi()).toBe(1)
})
