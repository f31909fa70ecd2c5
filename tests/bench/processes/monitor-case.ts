import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { processes } from 'systeminformation'
import { readProc } from '../../../src/processes/monitor/proc-files.ts'
import { ProcSource } from '../../../src/processes/monitor/proc-source.ts'
import { ProcessMonitor } from '../../../src/processes/monitor/process-monitor.ts'
import { type ProcessResult, result } from './results.ts'

const processCount = 60
/** What looking after processes may take. */
const mostPercentOfCore = 0.5
/** Of samples of ours; peers take a hundred times as long. */
const peerShare = 0.05
/** Asked again sooner, systeminformation gives what it gave before. */
const freshAfterMs = 700
const limitLooksEachSecond = 0.2

const target = {
  words: `at most ${mostPercentOfCore}`,
  isMet: (value: number) => value <= mostPercentOfCore,
}

/**
 * What measuring sixty processes once a second takes of one core, in main: real processes, which sleep. Beside it the
 * least that it could be (one file opened, read and closed a process), how others do it, and what is done while nobody
 * looks. Linux only, like what is measured.
 */
export async function measureMonitor(samples: number): Promise<ProcessResult[]> {
  const children = Array.from({ length: processCount }, () => spawn('sleep', ['3600'], { stdio: 'ignore' }))
  try {
    await Promise.all(children.map(child => new Promise(resolve => child.once('spawn', resolve))))
    const pids = children.flatMap(({ pid }) => pid ?? [])
    // A process of the engine has a score of threads, over which the kernel adds up; this one has about as many.
    const threaded = pids.map(() => process.pid)
    const monitor = new ProcessMonitor(new ProcSource())
    const raw = await percentOf(samples, () => {
      for (const pid of pids) readProc(`/proc/${pid}/statm`)
    })
    const sampled = await percentOf(samples, () => monitor.sample(pids))
    const sampledThreaded = await percentOf(samples, () => monitor.sample(threaded))
    const looked = await percentOf(samples, () => monitor.memoryOf(pids))
    const peerSamples = Math.max(3, Math.round(samples * peerShare))
    const awaited = await percentOf(peerSamples, () => readAll(pids))
    const listed = await percentOf(Math.min(10, peerSamples), () => processes(), { gapMs: freshAfterMs })
    const measured = 'sixty processes measured each second'
    const unit = '% of a core'
    return [
      result(`${measured}, one file each: the least`, unit, raw),
      result(measured, unit, sampled, { target }),
      result(`${measured}, of many threads`, unit, sampledThreaded, { target }),
      result('sixty processes held to their limits, nobody looks', unit, looked * limitLooksEachSecond, {
        target,
      }),
      result(`${measured}, files read asynchronously`, unit, awaited),
      result(`${measured}, by systeminformation`, unit, listed),
    ]
  } finally {
    for (const child of children) child.kill()
  }
}

/** What one call takes on average of this process and of those that it starts, if it is made once a second. */
async function percentOf(calls: number, call: () => unknown, { gapMs = 0 } = {}): Promise<number> {
  for (let warm = 0; warm < Math.min(calls, gapMs === 0 ? 20 : 1); warm += 1) await call()
  const before = usedMs()
  for (let made = 0; made < calls; made += 1) {
    if (gapMs > 0) await setTimeout(gapMs)
    await call()
  }
  return (usedMs() - before) / calls / 10
}

/** Processor time of this process, with that of children that have ended. */
function usedMs(): number {
  const { user, system } = process.cpuUsage()
  const stat = readProc('/proc/self/stat') ?? ''
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (user + system) / 1_000 + (Number(fields[13]) + Number(fields[14])) * 10
}

/** As libraries do that ask for each process alone. */
async function readAll(pids: readonly number[]): Promise<void> {
  await Promise.all(
    pids.flatMap(pid => [readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/statm`, 'utf8')]),
  )
}
