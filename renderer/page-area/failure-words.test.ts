import { expect, test } from 'vitest'
import type { PageProblem } from '../../contracts/browser.ts'
import { problemWords } from './problem-words.ts'

const kinds = [
  'hostNotFound',
  'refused',
  'timedOut',
  'offline',
  'certificate',
  'blocked',
  'badAddress',
  'other',
] as const satisfies readonly PageProblem['kind'][]

const problemOf = (kind: PageProblem['kind'], code = 'ERR_FAILED'): PageProblem => ({
  kind,
  code,
  url: 'https://sea.example/',
  host: 'sea.example',
})

test.each(kinds)('%s: says what, why and what to do, and shows the one place where it stopped', kind => {
  const words = problemWords(problemOf(kind))
  const states = words.trace.map(stop => stop.state)
  expect(states.filter(state => state === 'bad')).toHaveLength(1)
  // nothing before the break is unreached and nothing after it is reached
  expect([...states].sort((one, other) => rank(one) - rank(other))).toEqual(states)
  expect(words.advice.length).toBeGreaterThan(0)
  for (const text of [words.title, words.lead, words.why, ...words.advice]) {
    expect(text).not.toMatch(/!|oops|sorry/i)
    expect(text.length).toBeGreaterThan(10)
  }
})

function rank(state: 'ok' | 'bad' | 'off'): number {
  return ['ok', 'bad', 'off'].indexOf(state)
}

test('names the host, and copes without one', () => {
  expect(problemWords(problemOf('refused')).title).toBe('sea.example refused the connection')
  expect(problemWords({ ...problemOf('other'), host: '' }).title).toBe('This address could not be opened')
})

test('tells the commonest faults of a certificate apart', () => {
  const codes = [
    'ERR_CERT_DATE_INVALID',
    'ERR_CERT_COMMON_NAME_INVALID',
    'ERR_CERT_AUTHORITY_INVALID',
    'ERR_CERT_X',
  ]
  expect(new Set(codes.map(code => problemWords(problemOf('certificate', code)).why)).size).toBe(codes.length)
})

test('a certificate that is not proven leads away, not on', () => {
  expect(problemWords(problemOf('certificate')).answer).toBe('back')
})
