import { expect, test } from 'vitest'
import { siteHue, siteLetter } from './site-mark.ts'

test('gives a site the same letter and colour each time, from a palette of ten', () => {
  const sites = [
    'harbourlog.example',
    'mail.example',
    'slowpiano.example',
    'kartverk.example',
    'sea.example',
    '…',
  ]
  const hues = sites.map(siteHue)
  expect(hues).toEqual(sites.map(siteHue))
  expect(hues.every(hue => Number.isInteger(hue) && hue >= 0 && hue < 10)).toBe(true)
  expect(new Set(hues).size).toBeGreaterThan(3)
  expect([
    siteLetter('harbourlog.example'),
    siteLetter('[::1]:80'),
    siteLetter('éa.example'),
    siteLetter('…'),
  ]).toEqual(['H', '1', 'É', '·'])
})
