import { expect, test } from 'vitest'
import { analysisStages } from '../../contracts/ai.ts'
import { failureWords } from './stage-words.ts'
import { nextStage, stageTime, tapeOf } from './tape.ts'

const [read, language] = [
  { stage: 'read', milliseconds: 12 },
  { stage: 'language', milliseconds: 4 },
] as const

test('while it runs: what is done, the one stage at work, and what waits, all of one width', () => {
  expect(tapeOf([read, language], 'running')).toEqual([
    { stage: 'read', state: 'ok', milliseconds: 12, weight: 0.2 },
    { stage: 'language', state: 'ok', milliseconds: 4, weight: 0.2 },
    { stage: 'summary', state: 'now', milliseconds: null, weight: 0.2 },
    { stage: 'keywords', state: 'wait', milliseconds: null, weight: 0.2 },
    { stage: 'readingTime', state: 'wait', milliseconds: null, weight: 0.2 },
  ])
})

test('when done the widths are the times, and the shortest still shows', () => {
  const times = [10, 0, 70, 19, 1]
  const finished = analysisStages.map((stage, index) => ({ stage, milliseconds: times[index] ?? 0 }))
  const segments = tapeOf(finished, 'done')
  expect(segments.map(segment => segment.state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok'])
  expect(segments.map(segment => segment.weight)).toEqual([0.1, 0.03, 0.7, 0.19, 0.03])
})

test('marks the stage that failed', () => {
  expect(tapeOf([], 'failed').map(segment => segment.state)).toEqual(['bad', 'wait', 'wait', 'wait', 'wait'])
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
