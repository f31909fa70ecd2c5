import { expect, test } from 'vitest'
import { treeAt } from '../../dev/fixtures/processes.ts'
import { fewTrafficAt, manyTrafficAt, pairOf } from '../../dev/fixtures/traffic.ts'
import { graphModel } from './graph-model.ts'
import { alertsByPair, gravestLevel, healthOf } from './health.ts'
import { linksOf } from './links.ts'
import { whoIs } from './talkers.ts'

const { rows } = treeAt(0)
const traffic = fewTrafficAt(0)
const [critical, backlog, slow] = traffic.alerts

test('health is the gravest of what is known of a pair', () => {
  if (critical === undefined || slow === undefined) throw new Error('The fixture has alerts')
  const pair = pairOf('controller', 'ai', 2, 3)
  const health = (change: Partial<typeof pair>, alerts: typeof traffic.alerts = []) =>
    healthOf({ ...pair, ...change }, alertsByPair(alerts))
  expect([
    health({}),
    health({ messagesPerSecond: 0 }),
    health({ isPaused: true, messagesPerSecond: 0 }),
    health({}, [slow]),
    health({}, [slow, { ...critical, from: 'controller', to: 'ai' }]),
    health({}, [critical]),
  ]).toEqual(['steady', 'quiet', 'strained', 'strained', 'failing', 'steady'])
})

test('the level of several alerts is that of the worst', () => {
  if (critical === undefined || backlog === undefined) throw new Error('The fixture has alerts')
  expect([gravestLevel([]), gravestLevel([backlog]), gravestLevel([backlog, critical])]).toEqual([
    null,
    'warning',
    'critical',
  ])
})

test('both directions make one link, endpoints of one process one direction, and none with itself', () => {
  const shared = rows.map(row => (row.id === 'tab:1' ? { ...row, tabIds: ['tab:1', 'tab:9'] } : row))
  const links = linksOf(
    [
      pairOf('tab:tab:1', 'ai', 3, 4),
      pairOf('tab:tab:9', 'ai', 5, 9, { isDirect: false }),
      pairOf('ai', 'tab:tab:1', 1, 2),
      pairOf('tab:tab:1', 'tab:tab:9', 1, 2),
    ],
    whoIs(shared),
    new Map(),
  )
  expect(links).toEqual([
    {
      id: 'ai tab:tab:1',
      ends: ['ai', 'tab:tab:1'],
      health: 'steady',
      p95Ms: 9,
      lanes: [
        expect.objectContaining({ from: 'ai', to: 'tab:tab:1', messagesPerSecond: 1, p95Ms: 2 }),
        expect.objectContaining({
          from: 'tab:tab:1',
          to: 'ai',
          messagesPerSecond: 8,
          p95Ms: 9,
          isRelayed: false,
          pairKeys: ['tab:tab:1 ai', 'tab:tab:9 ai'],
        }),
      ],
    },
  ])
})

test('links stand in one order, whatever is said', () => {
  const who = whoIs(rows)
  const ids = (pairs: typeof traffic.pairs) => linksOf(pairs, who, new Map()).map(link => link.id)
  expect(ids(traffic.pairs.toReversed())).toEqual(ids(traffic.pairs))
})

test('a crowd is cut to what can be drawn: services and the troubled stay, whoever is busy', () => {
  const many = manyTrafficAt(0, 300)
  if (slow === undefined) throw new Error('The fixture has alerts')
  const alerts = [{ ...slow, from: 'controller', to: 'tab:many:299' }]
  const model = graphModel(rows, { ...many, alerts }, whoIs(rows))
  const ids = model.talkers.map(talker => talker.id)
  expect(ids).toHaveLength(80)
  expect(model.leftOut).toBe(309 - 80)
  expect(ids).toEqual(expect.arrayContaining(['controller', 'ai', 'storage', 'tab:many:299']))
  expect(model.links.every(link => link.ends.every(end => ids.includes(end)))).toBe(true)
})
