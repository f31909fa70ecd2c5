import { expect, test } from 'vitest'
import type { FilterDecision, JudgedRequest } from '../../contracts/network-filtering.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { FilterDecisions } from './filter-decisions.ts'

function judged(url: string): JudgedRequest {
  return { url, kind: 'script', source: 'https://page.example', page: 'https://page.example/' }
}

function setUp(ask: (requests: JudgedRequest[]) => Promise<readonly FilterDecision[]>) {
  const clock = new SimulatedClock()
  const asked: string[][] = []
  const later: (() => void)[] = []
  const decisions = new FilterDecisions({
    ask: requests => {
      asked.push(requests.map(({ url }) => url))
      return ask(requests)
    },
    clock,
    afterTick: work => void later.push(work),
  })
  return {
    clock,
    decisions,
    asked,
    endTick: () => {
      for (const work of later.splice(0)) work()
    },
  }
}

const allow: FilterDecision = { kind: 'allow' }
const block: FilterDecision = { kind: 'block', rule: '||ads.example^', list: 'EasyList' }

test('requests of one tick are asked about in one call, each gets its own answer, and none is asked about again', async () => {
  const { decisions, asked, endTick } = setUp(async requests =>
    requests.map(({ url }) => (url.includes('ads') ? block : allow)),
  )
  const answers = [
    decisions.decide(judged('https://ads.example/')),
    decisions.decide(judged('https://b.example/')),
  ]
  endTick()
  expect(await Promise.all(answers)).toEqual([block, allow])
  expect(asked).toEqual([['https://ads.example/', 'https://b.example/']])
  // known: answered in this very tick
  expect(decisions.decide(judged('https://ads.example/'))).toEqual(block)
  expect(decisions.late).toBe(0)
})

test('more than a call takes are asked about in several', async () => {
  const { decisions, asked, endTick } = setUp(async requests => requests.map(() => allow))
  const answers = Array.from({ length: 300 }, (_, index) =>
    decisions.decide(judged(`https://b.example/${index}`)),
  )
  endTick()
  await Promise.all(answers)
  expect(asked.map(one => one.length)).toEqual([256, 44])
})

test('what is not decided in time goes on and is counted; what comes later is known the next time', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly FilterDecision[]>()
  const { decisions, clock, endTick } = setUp(() => promise)
  const answer = decisions.decide(judged('https://ads.example/'))
  endTick()
  clock.advance(250)
  expect(await answer).toEqual({ kind: 'late' })
  expect(decisions.late).toBe(1)
  resolve([block])
  await promise
  expect(decisions.decide(judged('https://ads.example/'))).toEqual(block)
  expect(clock.timers).toBe(0)
})

test('where nobody can be asked, or too little is answered, requests go on', async () => {
  const refused = setUp(() => Promise.reject(new Error('gone')))
  const answer = refused.decisions.decide(judged('https://ads.example/'))
  refused.endTick()
  expect(await answer).toEqual({ kind: 'late' })
  const short = setUp(async () => [])
  const other = short.decisions.decide(judged('https://ads.example/'))
  short.endTick()
  expect(await other).toEqual({ kind: 'late' })
})

test('an address is asked about by its beginning only', async () => {
  const { decisions, asked, endTick } = setUp(async requests => requests.map(() => allow))
  const answer = decisions.decide(judged(`https://b.example/${'a'.repeat(10_000)}`))
  endTick()
  await answer
  expect(asked[0]?.[0]?.length).toBe(4_096)
})
