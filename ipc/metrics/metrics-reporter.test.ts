import { expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { MetricsReporter } from './metrics-reporter.ts'

const settle = () => new Promise(resolve => setImmediate(resolve))

function start() {
  const clock = new SimulatedClock()
  const reports: number[] = []
  const failures: unknown[] = []
  const source = { read: async () => clock.now() }
  const reporter = new MetricsReporter({
    clock,
    read: () => source.read(),
    report: at => reports.push(at),
    onFailure: error => failures.push(error),
  })
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds)
    await settle()
  }
  return { clock, reports, failures, source, reporter, pass }
}

it('reports each minute until it is disposed, and leaves no timer', async () => {
  const { clock, reports, reporter, pass } = start()
  await pass(59_999)
  expect(reports).toEqual([])
  await pass(1)
  await pass(60_000)
  expect(reports).toEqual([60_000, 120_000])
  reporter[Symbol.dispose]()
  expect(clock.timers).toBe(0)
})

it('goes on after a reading that failed', async () => {
  const { reports, failures, source, pass } = start()
  const { read } = source
  source.read = () => Promise.reject(new Error('storage is gone'))
  await pass(60_000)
  source.read = read
  await pass(60_000)
  expect({ reports, failures }).toEqual({ reports: [120_000], failures: [new Error('storage is gone')] })
})

it('reports nothing once it is disposed, not even what is being read', async () => {
  const { clock, reports, reporter, pass } = start()
  clock.advance(60_000)
  reporter[Symbol.dispose]()
  await pass(120_000)
  expect({ reports, timers: clock.timers }).toEqual({ reports: [], timers: 0 })
})
