import { readFileSync } from 'node:fs'
import { descendants, launchNexus } from '../../e2e/nexus.ts'
import { BareChromium } from './bare-chromium.ts'
import { servePaint } from './paint-server.ts'
import { type ProcessResult, result } from './results.ts'

/** What was loaded puts its memory in order. */
const settleMs = 8_000

/**
 * What all processes of each browser take with so many tabs of the same page: proportional set size, in which memory
 * that several share counts once. Linux only: nothing elsewhere.
 */
export async function measureMemory(tabCounts: readonly number[]): Promise<ProcessResult[]> {
  if (process.platform !== 'linux') return []
  await using server = await servePaint()
  const results: ProcessResult[] = []
  const ours = await (async () => {
    await using nexus = await launchNexus()
    const open = async (isFirst: boolean): Promise<void> => {
      const address = server.next()
      if (!isFirst) await nexus.newTab()
      await nexus.go(address)
      await server.paintedAt(address)
    }
    return await measured('Nexus', tabCounts, open, nexus.app.process().pid ?? 0)
  })()
  const bare = await (async () => {
    await using browser = await BareChromium.open()
    const open = async (): Promise<void> => {
      const address = server.next()
      await browser.openTab(address)
      await server.paintedAt(address)
    }
    return await measured('bare Chromium', tabCounts, open, browser.pid)
  })()
  for (const [index, count] of tabCounts.entries()) {
    const [mine, theirs] = [ours[index], bare[index]]
    if (mine === undefined || theirs === undefined) continue
    const name = count === 1 ? 'one tab' : `${count} tabs`
    results.push(result(`memory with ${name}`, 'MB', mine.megabytes, { baseline: theirs.megabytes }))
    results.push(result(`processes with ${name}`, '', mine.processes, { baseline: theirs.processes }))
  }
  return results
}

async function measured(
  name: string,
  tabCounts: readonly number[],
  open: (isFirst: boolean) => Promise<void>,
  pid: number,
): Promise<{ megabytes: number; processes: number }[]> {
  const found: { megabytes: number; processes: number }[] = []
  let opened = 0
  for (const count of tabCounts) {
    for (; opened < count; opened += 1) await open(opened === 0)
    await new Promise(resolve => setTimeout(resolve, settleMs))
    const pids = [pid, ...descendants(pid)]
    const sizes = pids.map(proportionalBytes)
    const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6
    console.error(`memory: ${name}, ${count} tabs: ${Math.round(megabytes)} MB in ${pids.length} processes`)
    found.push({ megabytes, processes: pids.length })
  }
  return found
}

/** Zero for one that ended meanwhile. */
function proportionalBytes(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}
