import { expect, test } from 'vitest'
import { crowdAt } from '../../dev/fixtures/crowds.ts'
import { treeAt } from '../../dev/fixtures/processes.ts'
import { fewTrafficAt, pairOf } from '../../dev/fixtures/traffic.ts'
import { alertsByRow, busiestPeers, talkersOf, whoIs } from './talkers.ts'

const { rows } = treeAt(0)
const traffic = fewTrafficAt(0)

test('an endpoint is known by its row, its tab or its role; a stranger keeps its name', () => {
  const who = whoIs(rows.map(row => (row.id === 'chrome:1' ? { ...row, id: 'chrome' } : row)))
  expect(['ai', 'chrome:1', 'tab:tab:2', 'tab:gone', 'cli:3', 'someone'].map(id => who(id).name)).toEqual([
    'Reader',
    'Window',
    'kartverk.example',
    'Tab',
    'Command line',
    'someone',
  ])
})

test('a page keeps its name in the graph when its process is replaced', () => {
  const id = (rowId: string) =>
    whoIs(rows.map(row => (row.id === 'tab:1' ? { ...row, id: rowId } : row)))('tab:tab:1').id
  expect(id('renderer:1')).toBe(id('renderer:2'))
})

test('a frame, which carries the tabs of its page, is not taken for the page', () => {
  const page = rows.find(row => row.id === 'tab:1')
  if (page === undefined) throw new Error('The fixture has a page')
  const frame = { ...page, id: 'frame:9', parentId: page.id, name: 'frame.example' }
  const all = [...rows, frame]
  const who = whoIs(all)
  expect(who('tab:tab:1').name).toBe('harbourlog.example')
  expect(talkersOf(all, traffic, who).map(talker => talker.name)).not.toContain('frame.example')
})

test('everybody who could talk is there, helpers of the engine only when they do', () => {
  const who = whoIs(rows)
  const names = (pairs = traffic.pairs) =>
    talkersOf(rows, { ...traffic, pairs }, who).map(talker => talker.name)
  expect(names()).toEqual([
    'Nexus core',
    'Window',
    'Reader',
    'Storage',
    'harbourlog.example',
    'kartverk.example',
    'localhost',
    'videolab.example',
    'Command line',
  ])
  expect(names([pairOf('gpu', 'controller', 1, 1)])).toContain('Graphics')
})

test('an alert concerns both sides', () => {
  const byRow = alertsByRow(traffic.alerts, whoIs(rows))
  expect([...byRow].map(([id, alerts]) => [id, alerts.length])).toEqual([
    ['tab:2', 2],
    ['ai', 3],
    ['controller', 1],
  ])
})

test('the p95 of a process is that to whom it exchanges most with, in either direction', () => {
  const peers = busiestPeers(crowdAt('few', 0).traffic?.pairs ?? [], whoIs(rows))
  expect(peers.get('ai')?.peer).toBe('kartverk.example')
  expect(peers.get('storage')?.peer).toBe('Nexus core')
  expect(peers.has('tab:3')).toBe(false)
})
