import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { ProcSource, parseMemory, parseStat } from './proc-source.ts'
import { ProcessMonitor } from './process-monitor.ts'
import type { ProcessUsage } from './process-usage.ts'

const megabyte = 2 ** 20
const status =
  'Name:\tchromium\nState:\tS (sleeping)\nVmPeak:\t 1000000 kB\nVmRSS:\t  159444 kB\nRssAnon:\t   34660 kB\nRssFile:\t  120356 kB\nRssShmem:\t    4428 kB\nVmSwap:\t     340 kB\nThreads:\t19\n'

describe('what /proc tells', () => {
  it('is memory of its own with what was swapped out, not what is shared', () => {
    expect(parseMemory(status)).toBe((34_660 + 340) * 1_024)
  })

  it('is all resident memory where the kernel does not tell it apart, and nothing of what has ended', () => {
    expect(parseMemory('Name:\told\nVmRSS:\t  1000 kB\n')).toBe(1_000 * 1_024)
    expect(parseMemory('Name:\tgone\nState:\tZ (zombie)\nThreads:\t1\n')).toBeNull()
  })

  it('is read past names that look like fields', () => {
    const fields = 'S 1 1 1 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 19 0 777 1000000 2000'
    expect(parseStat(`4711 (a) b (c 9 9 9) ${fields}`)).toEqual({ processorTicks: 300, startedTicks: 777 })
    expect(parseStat(`4711 (gone) ${fields.replace('S', 'Z')}`)).toBeNull()
    expect(parseStat('')).toBeNull()
  })
})

describe.runIf(process.platform === 'linux')('this machine', () => {
  it('tells of this process what it says of itself', () => {
    const [own] = new ProcSource().read([process.pid])
    const { user, system } = process.cpuUsage()
    expect(own?.memoryBytes).toBeGreaterThan(20 * megabyte)
    expect(own?.memoryBytes).toBeLessThan(process.memoryUsage.rss())
    expect(Math.abs((own?.processorMs ?? 0) - (user + system) / 1_000)).toBeLessThan(100)
    expect(Math.abs((own?.startedAt ?? 0) - (Date.now() - process.uptime() * 1_000))).toBeLessThan(2_000)
  })

  it('counts memory that was touched, and leaves out who has gone', async () => {
    const source = new ProcSource()
    const before = source.readMemory([process.pid]).get(process.pid) ?? 0
    const held = Buffer.alloc(64 * megabyte, 1)
    const after = source.readMemory([process.pid]).get(process.pid) ?? 0
    expect((after - before) / held.length).toBeGreaterThan(0.9)
    const child = spawn('true')
    await new Promise(resolve => child.once('exit', resolve))
    expect(source.read([child.pid ?? 0])).toEqual([])
    expect([...source.readMemory([child.pid ?? 0])]).toEqual([])
  })
})

describe('the part of a processor that is used', () => {
  function monitorOf(usages: ProcessUsage[][]) {
    const clock = new SimulatedClock()
    const source = { read: () => usages.shift() ?? [], readMemory: () => new Map<number, number>() }
    return { clock, monitor: new ProcessMonitor(source, clock) }
  }
  const usage = (processorMs: number, startedAt = 0): ProcessUsage[] => [
    { pid: 1, memoryBytes: 1, processorMs, startedAt },
  ]

  it('is of one core: two busy threads read 200, whatever the machine has', () => {
    const { clock, monitor } = monitorOf([usage(5_000), usage(7_000), usage(7_250)])
    const percents = [0, 1_000, 1_000].map(passed => {
      clock.advance(passed)
      return monitor.sample([1])[0]?.processorPercent
    })
    expect(percents).toEqual([null, 200, 25])
  })

  it('is told again to who looks at nearly the same time, and counted from before then', () => {
    const { clock, monitor } = monitorOf([usage(0), usage(500), usage(510), usage(1_000)])
    const percents = [0, 1_000, 50, 950].map(passed => {
      clock.advance(passed)
      return monitor.sample([1])[0]?.processorPercent
    })
    expect(percents).toEqual([null, 50, 50, 50])
  })

  it('begins anew with a process that got the number of another', () => {
    const { clock, monitor } = monitorOf([usage(90_000), usage(10, 1_234)])
    monitor.sample([1])
    clock.advance(1_000)
    expect(monitor.sample([1])).toEqual([
      { pid: 1, memoryBytes: 1, startedAt: 1_234, processorPercent: null },
    ])
  })
})
