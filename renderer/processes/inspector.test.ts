import { expect, test } from 'vitest'
import { launchOf, lives, noFiles } from '../dev/fixtures/lives.ts'
import { treeAt } from '../dev/fixtures/processes.ts'
import { pairOf } from '../dev/fixtures/traffic.ts'
import { lifeSteps } from './life-steps.ts'
import { whoIs } from './messages/talkers.ts'
import { peersOf } from './peers.ts'
import { enforcerWords, sandboxWords } from './sandbox-words.ts'

const who = whoIs(treeAt(0).rows)

test('peers are told once, with both directions together and the slower p95, the busiest first', () => {
  const pairs = [
    pairOf('controller', 'storage', 2, 3),
    pairOf('storage', 'controller', 1, 9),
    pairOf('ai', 'storage', 40, 5, { callCount: 0 }),
    pairOf('controller', 'ai', 100, 1),
    pairOf('storage', 'storage', 7, 1),
  ]
  expect(
    peersOf('storage', pairs, who).map(({ talker, messagesPerSecond, p95Ms }) => [
      talker.name,
      messagesPerSecond,
      p95Ms,
    ]),
  ).toEqual([
    ['Reader', 40, null],
    ['Nexus core', 3, 9],
  ])
})

test('a life goes from the first step of the launch to the latest state, each with the time since the last', () => {
  const steps = lifeSteps('ai', lives, launchOf('ai'), 7)
  expect(steps.map(({ words }) => words)).toEqual([
    'named',
    'sandbox chosen',
    'launched',
    'channels opened',
    'registered',
    'ready',
    'active',
  ])
  expect(steps.map(({ afterMs }) => afterMs && Math.round(afterMs))).toEqual([null, 1, 3, 116, 51, 19, 6_000])
  expect(lifeSteps('nobody', lives, [], 4)).toEqual([])
})

test('what a process may do is said in words, and who sees to it', () => {
  expect(sandboxWords(noFiles)).toBe(
    'no files, no network of its own, no graphics processor, starts no processes',
  )
  expect(
    sandboxWords({ ...noFiles, readsFiles: 'any', writesFiles: 'folders', network: true, gpu: true }),
  ).toBe('reads any file, writes its own folders, network, graphics processor, starts no processes')
  expect(sandboxWords({ ...noFiles, readsFiles: 'folders', writesFiles: 'folders' })).toMatch(
    /^reads and writes its own folders, /,
  )
  expect(
    (['system', 'self', 'nobody'] as const).map(one => enforcerWords({ ...noFiles, enforcedBy: one })),
  ).toEqual(['held by the operating system', 'held by Nexus within the process', 'held by nobody'])
})
