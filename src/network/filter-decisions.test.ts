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
  const answers = [Promise.resolve([allow]), Promise.withResolvers<readonly FilterDecision[]>()] as const
  let calls = 0
  const { decisions, clock, endTick } = setUp(() => {
    calls += 1
    return calls === 1 ? answers[0] : answers[1].promise
  })
  const first = decisions.decide(judged('https://a.example/'))
  endTick()
  await first
  const answer = decisions.decide(judged('https://ads.example/'))
  endTick()
  clock.advance(250)
  expect(await answer).toEqual({ kind: 'late' })
  expect(decisions.late).toBe(1)
  answers[1].resolve([block])
  await new Promise(resolve => setImmediate(resolve))
  expect(decisions.decide(judged('https://ads.example/'))).toEqual(block)
  expect(clock.timers).toBe(0)
})

test('a process that starts is waited for longer, as long as nothing could be loaded anyway', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly FilterDecision[]>()
  const { decisions, clock, endTick } = setUp(() => promise)
  const answer = decisions.decide(judged('https://ads.example/'))
  endTick()
  clock.advance(3_000)
  resolve([block])
  expect(await answer).toEqual(block)
  const never = setUp(() => new Promise(() => {}))
  const unheard = never.decisions.decide(judged('https://ads.example/'))
  never.endTick()
  never.clock.advance(4_000)
  expect(await unheard).toEqual({ kind: 'late' })
})

test('one that comes in place of another is waited for as long', async () => {
  const answers: ((decisions: readonly FilterDecision[]) => void)[] = []
  const { decisions, clock, endTick } = setUp(() => new Promise(resolve => answers.push(resolve)))
  const first = decisions.decide(judged('https://a.example/'))
  endTick()
  answers[0]?.([allow])
  await first
  decisions.gone()
  const second = decisions.decide(judged('https://ads.example/'))
  endTick()
  clock.advance(3_000)
  answers[1]?.([block])
  expect(await second).toEqual(block)
})

test('one that dies over a question is asked again when it is back', async () => {
  let calls = 0
  const { promise, resolve } = Promise.withResolvers<readonly FilterDecision[]>()
  const { decisions, clock, endTick } = setUp(async () => {
    calls += 1
    if (calls === 1) return [allow]
    if (calls === 2) throw new Error('gone')
    return promise
  })
  const first = decisions.decide(judged('https://a.example/'))
  endTick()
  await first
  const answer = decisions.decide(judged('https://ads.example/'))
  endTick()
  await new Promise(done => setImmediate(done))
  clock.advance(1_000)
  resolve([block])
  expect(await answer).toEqual(block)
  expect(decisions.late).toBe(0)
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
