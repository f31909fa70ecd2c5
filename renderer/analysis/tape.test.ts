import { expect, test } from 'vitest'
import { analysisStages } from '../../contracts/page-analysis.ts'
import { failureWords } from './stage-words.ts'
import { nextStage, stageTime, tapeOf } from './tape.ts'

const [read, language] = [
  { stage: 'read', milliseconds: 12 },
  { stage: 'language', milliseconds: 4 },
] as const

test('while it runs: what is done, the one stage at work, and what waits, all of one width', () => {
  const segments = tapeOf([read, language], 'running')
  expect(segments.map(segment => segment.stage)).toEqual(analysisStages)
  expect(segments.slice(0, 4)).toEqual([
    { stage: 'read', state: 'ok', milliseconds: 12, weight: 1 / 8 },
    { stage: 'language', state: 'ok', milliseconds: 4, weight: 1 / 8 },
    { stage: 'topic', state: 'now', milliseconds: null, weight: 1 / 8 },
    { stage: 'summary', state: 'wait', milliseconds: null, weight: 1 / 8 },
  ])
})

test('when done the widths are the times, and the shortest still shows', () => {
  const times = [10, 0, 10, 50, 19, 5, 1, 5]
  const finished = analysisStages.map((stage, index) => ({ stage, milliseconds: times[index] ?? 0 }))
  const segments = tapeOf(finished, 'done')
  expect(new Set(segments.map(segment => segment.state))).toEqual(new Set(['ok']))
  expect(segments.map(segment => segment.weight)).toEqual([0.1, 0.03, 0.1, 0.5, 0.19, 0.05, 0.03, 0.05])
})

test('marks the stage that failed', () => {
  expect(tapeOf([], 'failed').map(segment => segment.state)).toEqual(['bad', ...Array(7).fill('wait')])
  expect(tapeOf([read, language], 'failed')[2]?.state).toBe('bad')
})

test('knows the next stage and the time of one', () => {
  expect([
    nextStage([]),
    nextStage([read]),
    nextStage(analysisStages.map(stage => ({ stage, milliseconds: 1 }))),
  ]).toEqual(['read', 'language', null])
  expect([stageTime([read], 'read'), stageTime([read], 'summary')]).toEqual([12, null])
})

test('a failure is named by its code; an unknown one says what the service said', () => {
  expect(failureWords('NOTHING_TO_READ', 'x').title).toBe('Nothing to read on this page')
  expect(failureWords('SOMETHING_NEW', 'The model is missing.')).toEqual({
    title: 'The page could not be analysed',
    text: 'The model is missing.',
  })
})
