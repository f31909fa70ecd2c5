import { beforeEach, expect, it } from 'vitest'
import type { HeardSound } from '../../contracts/page-media.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { LoudnessLeveller } from './loudness-leveller.ts'

const heard: HeardSound = { kind: 'sound', sampleRate: 48_000, channels: 2, samples: new Uint8Array(16) }

let clock: SimulatedClock
let leveller: LoudnessLeveller
let audible: string[]
let isOn: boolean
let advised: number
let sound: HeardSound
let factors: Map<string, number>
let gains: Map<string, number | null>

beforeEach(() => {
  clock = new SimulatedClock()
  audible = []
  isOn = true
  advised = -6
  sound = heard
  factors = new Map()
  gains = new Map()
  leveller = new LoudnessLeveller({
    audible: () => audible,
    isOn: () => isOn,
    hear: () => Promise.resolve(sound),
    analyse: () => Promise.resolve(advised),
    setFactor: (tabId, factor) => {
      factors.set(tabId, factor)
      return Promise.resolve()
    },
    onGain: (tabId, gain) => void gains.set(tabId, gain),
    clock,
    debug: () => {},
  })
})

async function pass(): Promise<void> {
  clock.advance(200)
  await new Promise(resolve => setImmediate(resolve))
}

it('makes loud tabs quieter and leaves quiet ones as they are', async () => {
  audible = ['tab:1']
  leveller.look()
  await pass()
  expect(factors.get('tab:1')).toBeCloseTo(0.501, 3)
  advised = 9
  await pass()
  expect(factors.get('tab:1')).toBe(1)
  expect(gains.get('tab:1')).toBe(0)
})

it('gives every page its own volume back when it is switched off', async () => {
  audible = ['tab:1']
  leveller.look()
  await pass()
  isOn = false
  leveller.look()
  await pass()
  expect(factors.get('tab:1')).toBe(1)
  expect(gains.get('tab:1')).toBeNull()
})

it('leaves alone what it cannot hear, and rests while nothing plays', async () => {
  audible = ['tab:1']
  sound = { kind: 'nothing' }
  leveller.look()
  await pass()
  expect(factors.size).toBe(0)
  audible = []
  await pass()
  sound = heard
  audible = ['tab:1']
  await pass()
  expect(factors.size).toBe(0)
})
