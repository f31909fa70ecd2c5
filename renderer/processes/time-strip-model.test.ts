import { expect, test } from 'vitest'
import type { LifecycleEntry } from '../../contracts/processes.ts'
import { lives } from '../dev/fixtures/lives.ts'
import { start } from '../dev/fixtures/traffic.ts'
import { eventWords, faultLabels, idsIn, spanBetween, stripEvents, stripSpanMs } from './time-strip-model.ts'

const step = (processId: string, at: number, state: LifecycleEntry['state']): LifecycleEntry => ({
  processId,
  at,
  state,
  kind: 'storage',
  name: processId,
  pid: null,
  cause: null,
})
const shown = (entries: readonly LifecycleEntry[], from = 0) =>
  stripEvents(entries, from).map(({ processId, state }) => `${processId} ${state}`)

test('beginnings, ends and faults are shown; work and rest that follow each other are not', () => {
  const life = [
    step('a', 1, 'created'),
    step('a', 2, 'ready'),
    step('a', 3, 'active'),
    step('a', 4, 'idle'),
    step('a', 5, 'active'),
    step('b', 6, 'active'),
    step('a', 7, 'suspended'),
    step('a', 8, 'active'),
    step('a', 9, 'terminated'),
  ]
  expect(shown(life)).toEqual(['a created', 'a ready', 'a active', 'a suspended', 'a active', 'a terminated'])
  // what was before the span still tells what an event means
  expect(shown(life, 3)).toEqual(['a active', 'a suspended', 'a active', 'a terminated'])
})

test('an event is told with its cause and its time', () => {
  const crash = lives.find(({ cause }) => cause === 'out of memory')
  expect(crash && eventWords(crash)).toMatch(/^videolab\.example crashed: out of memory, \d\d:\d\d:\d\d$/)
})

test('whoever came back twice or gave up is named, unless the names would touch', () => {
  const labels = faultLabels(stripEvents(lives, start - stripSpanMs))
  expect(labels.map(({ text }) => text)).toEqual([
    'tapehead.example: gave up after 2 restarts',
    'Reader: 2 restarts',
  ])
  const near = [
    step('a', 1, 'restarting'),
    step('a', 9, 'restarting'),
    step('b', 2, 'restarting'),
    step('b', 10, 'failed'),
  ]
  expect(faultLabels(stripEvents(near, 0)).map(({ text }) => text)).toEqual(['a: 2 restarts'])
  expect(faultLabels(stripEvents(near.slice(0, 1), 0))).toEqual([])
})

test('a span holds the processes with events in it, whichever end came first', () => {
  const events = stripEvents([step('a', 1, 'created'), step('b', 5, 'crashed'), step('c', 9, 'failed')], 0)
  expect([...idsIn(events, spanBetween(9, 5))]).toEqual(['b', 'c'])
  expect([...idsIn(events, spanBetween(2, 3))]).toEqual([])
})
