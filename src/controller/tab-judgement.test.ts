import { expect, it } from 'vitest'
import { createActor, fromPromise, SimulatedClock } from 'xstate'
import type { Judgement } from '../../contracts/judgement.ts'
import { tabMachine } from './tab-machine.ts'
import type { PageToJudge, TabEvent, TabId } from './tab-model.ts'

const url = 'http://copy.example/'
const danger: Judgement = {
  level: 'danger',
  reasons: [{ kind: 'passwordOnNewHost' }],
  probability: 0.99,
  modelMissing: null,
}

function start(judge: () => Promise<Judgement | null> = () => Promise.resolve(danger), isEphemeral = false) {
  const clock = new SimulatedClock()
  const judged: string[] = []
  const machine = tabMachine.provide({
    actors: {
      judge: fromPromise<Judgement | null, PageToJudge>(({ input }) => {
        judged.push(input.url)
        return judge()
      }),
    },
  })
  const actor = createActor(machine, {
    clock,
    input: { id: 't1' as TabId, url: null, title: '', isEphemeral, isPrivate: false },
  })
  actor.start()
  return {
    actor,
    clock,
    judged,
    judgement: () => actor.getSnapshot().context.judgement,
    settled: () => new Promise(resolve => setImmediate(resolve)),
  }
}

function commit(actor: ReturnType<typeof start>['actor'], to = url, isSameDocument = false): void {
  if (!isSameDocument) actor.send({ type: 'page.started', url: to })
  actor.send({ type: 'page.navigated', url: to, isSameDocument, canGoBack: true, canGoForward: false })
}

it('judges a page once it has loaded', async () => {
  const { actor, judged, judgement, settled } = start()
  commit(actor)
  expect(judged).toEqual([])
  actor.send({ type: 'page.finished' })
  await settled()
  expect({ judged, judgement: judgement() }).toEqual({ judged: [url], judgement: danger })
})

it('judges a page that never stops loading as it stands', async () => {
  const { actor, clock, judged } = start()
  commit(actor)
  clock.increment(2_500)
  expect(judged).toEqual([url])
})

it.each<readonly [string, TabEvent]>([
  ['another page begins', { type: 'page.started', url: 'http://other.example/' }],
  ['another address is typed', { type: 'go', url: 'http://other.example/' }],
  ['the page is lost', { type: 'page.gone', gone: { reason: 'crashed', exitCode: 5, at: 1 } }],
  ['the person knows the site', { type: 'trustSite' }],
])('takes the warning away when %s', async (_, event) => {
  const { actor, judgement, settled } = start()
  commit(actor)
  actor.send({ type: 'page.finished' })
  await settled()
  actor.send(event)
  expect(judgement()).toBeNull()
})

it('keeps the warning while a page that rewrites its address is judged anew', async () => {
  const { actor, clock, judged, judgement, settled } = start()
  commit(actor)
  actor.send({ type: 'page.finished' })
  await settled()
  commit(actor, `${url}#next`, true)
  expect(judgement()).toEqual(danger)
  clock.increment(2_500)
  await settled()
  expect(judged).toEqual([url, `${url}#next`])
})

it('browses on when nobody judges, and judges no tab of the command line', async () => {
  const failing = start(() => Promise.reject(new Error('gone')))
  commit(failing.actor)
  failing.actor.send({ type: 'page.finished' })
  await failing.settled()
  expect(failing.judgement()).toBeNull()
  expect(failing.actor.getSnapshot().value.page).toBe('page')
  const ephemeral = start(undefined, true)
  commit(ephemeral.actor)
  ephemeral.actor.send({ type: 'page.finished' })
  expect(ephemeral.judged).toEqual([])
})
