import { expect, it } from 'vitest'
import type { Judgement, JudgementReason } from '../../contracts/judgement.ts'
import { imitatedBrand, reasonWords, warningTitle } from './warning-words.ts'

const brand = { brand: 'PayPal', brandHost: 'paypal.com' }

function judged(level: Judgement['level'], ...reasons: JudgementReason[]): Judgement {
  return { level, reasons, probability: 0.9, modelMissing: null }
}

it('names the brand that a page copies, and what is known of pages that copy none', () => {
  const copy: JudgementReason = { kind: 'titleNamesBrand', ...brand }
  expect(warningTitle(judged('danger', { kind: 'passwordOnNewHost' }, copy))).toBe(
    'This page looks like a copy of PayPal',
  )
  expect(warningTitle(judged('caution', copy))).toBe('This page is not PayPal, though it may look so')
  expect(warningTitle(judged('danger', { kind: 'formElsewhere', target: 'x.test' }))).toContain('steal')
  expect(warningTitle(judged('caution', { kind: 'freeHosting', service: 'weebly.com' }))).toContain('careful')
  expect(imitatedBrand(judged('danger', copy))).toEqual({ name: 'PayPal', host: 'paypal.com' })
})

it('says each reason in words of its own, with what explains it', () => {
  const reasons: readonly JudgementReason[] = [
    ...(['homoglyph', 'typo', 'brandInName', 'brandInSubdomain'] as const).map(
      how => ({ kind: 'lookalike', ...brand, how }) as const,
    ),
    { kind: 'brandInPath', ...brand },
    { kind: 'titleNamesBrand', ...brand },
    { kind: 'borrowsFromBrand', ...brand },
    { kind: 'passwordOnNewHost' },
    { kind: 'cardOnNewHost' },
    { kind: 'formElsewhere', target: 'collector.test' },
    { kind: 'freeHosting', service: 'weebly.com' },
    ...(
      [
        'ipAddress',
        'userInfo',
        'mixedLetters',
        'manySubdomains',
        'lureWords',
        'randomName',
        'hiddenFolder',
        'wholeAddress',
      ] as const
    ).map((trait): JudgementReason => ({ kind: 'addressShape', traits: [trait] })),
  ]
  const words = reasons.map(reasonWords)
  expect(new Set(words).size).toBe(reasons.length)
  expect(words.filter(sentence => /undefined|[.!]$/.test(sentence))).toEqual([])
  expect(words[9]).toContain('collector.test')
  expect(words.filter(sentence => sentence.includes('PayPal'))).toHaveLength(7)
})
