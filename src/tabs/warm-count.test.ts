import { expect, it } from 'vitest'
import { type WarmFacts, warmCount } from './warm-count.ts'

const gibibyte = 2 ** 30
const roomy: WarmFacts = {
  isOn: true,
  level: 'none',
  isOnBattery: false,
  reading: { totalBytes: 16 * gibibyte, availableBytes: 9 * gibibyte },
}
const reading = (total: number, available: number): Partial<WarmFacts> => ({
  reading: { totalBytes: total * gibibyte, availableBytes: available * gibibyte },
})

it.each<[string, Partial<WarmFacts>, number]>([
  ['with much memory', {}, 2],
  ['with less', reading(8, 4), 1],
  ['on its battery', { isOnBattery: true }, 1],
  ['under pressure', { level: 'moderate' }, 0],
  ['with little left', reading(8, 0.9), 0],
  ['of little memory', reading(2, 1.5), 0],
  ['of which nothing is known yet', { reading: null }, 0],
  ['whose person wants none', { isOn: false }, 0],
])('a machine %s keeps as many pages ready as it can spare', (_name, facts, count) => {
  expect(warmCount({ ...roomy, ...facts })).toBe(count)
})
