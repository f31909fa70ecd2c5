import { expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { FakeBook, knownProcess } from '../testing/fake-book.ts'
import { EngineSource } from './engine-source.ts'
import { MeasuredProcesses } from './measured-processes.ts'
import { ProcessMonitor } from './process-monitor.ts'

function metric(
  pid: number,
  type: Electron.ProcessMetric['type'],
  rest: Partial<Electron.ProcessMetric> = {},
) {
  return {
    pid,
    type,
    creationTime: 7,
    cpu: { percentCPUUsage: 12.5, cumulativeCPUUsage: 2, idleWakeupsPerSecond: 0 },
    memory: { workingSetSize: 3_000, peakWorkingSetSize: 3_000 },
    ...rest,
  } satisfies Electron.ProcessMetric
}

it('measures what the engine lists and what the book knows, and asks the engine for its list every five seconds', () => {
  const clock = new SimulatedClock()
  const book = new FakeBook()
  let metrics = [metric(1, 'Browser'), metric(2, 'Utility', { serviceName: 'network.mojom' })]
  let listed = 0
  const app = {
    getAppMetrics: () => {
      listed += 1
      return metrics
    },
  }
  const source = {
    read: (pids: Iterable<number>) =>
      [...pids]
        .filter(pid => pid !== 1)
        .map(pid => ({ pid, memoryBytes: pid, processorMs: 0, startedAt: 7 })),
    readMemory: () => new Map<number, number>(),
  }
  const measured = new MeasuredProcesses({ app, book, monitor: new ProcessMonitor(source, clock), clock })
  // The first has gone since it was listed, the third is not listed yet.
  book.put(knownProcess('renderer:3', 'tab', 3), knownProcess('service:ai', 'ai', null))
  const rest = { cpuPercent: null, startedAt: 7 }
  expect(measured.sample()).toEqual([
    { pid: 2, type: 'Utility', name: 'network.mojom', memoryBytes: 2, ...rest },
    { pid: 3, type: 'Unknown', name: '', memoryBytes: 3, ...rest },
  ])
  metrics = [metric(9, 'GPU')]
  clock.advance(4_000)
  expect(measured.sample().map(({ pid }) => pid)).toEqual([2, 3])
  clock.advance(1_000)
  expect(measured.sample().map(({ pid, type }) => [pid, type])).toEqual([
    [9, 'GPU'],
    [3, 'Unknown'],
  ])
  expect(measured.helpers()).toEqual([{ pid: 9, type: 'GPU', name: '', startedAt: 7 }])
  expect(listed).toBe(2)
})

it('takes where /proc is not what the engine says: private bytes where it tells them, and time that nobody divided', () => {
  const source = new EngineSource({
    getAppMetrics: () => [
      metric(1, 'Browser'),
      metric(2, 'Tab', { memory: { workingSetSize: 3_000, peakWorkingSetSize: 3_000, privateBytes: 1_000 } }),
      metric(3, 'Tab'),
    ],
  })
  expect(source.read([1, 2])).toEqual([
    { pid: 1, memoryBytes: 3_000 * 1_024, processorMs: 2_000, startedAt: 7 },
    { pid: 2, memoryBytes: 1_000 * 1_024, processorMs: 2_000, startedAt: 7 },
  ])
  expect([...source.readMemory([3])]).toEqual([[3, 3_000 * 1_024]])
})
