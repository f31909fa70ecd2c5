import { expect, test } from 'vitest'
import { applyKnownGaps } from './known-gaps.ts'
import type { CaseResult } from './registry.ts'

const result = (verdict: CaseResult['verdict']): CaseResult => ({
  chapter: 'views',
  title: 'blur',
  verdict,
  milliseconds: 1,
})

test('a known gap that fails is skipped with its reason, and one that passes is a failure', () => {
  const gaps = { 'views: blur': 'not drawn' }
  expect([
    applyKnownGaps(result('failed'), gaps),
    applyKnownGaps(result('passed'), gaps).verdict,
    applyKnownGaps(result('failed'), {}).verdict,
  ]).toEqual([{ ...result('skipped'), reason: 'known gap: not drawn' }, 'failed', 'failed'])
})
