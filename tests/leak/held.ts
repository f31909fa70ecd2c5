import type { LivingBrowser } from '../chaos/processes/living-browser.ts'
import { pause } from '../chaos/processes/living-browser.ts'
import { pssBytes } from '../chaos/processes/process-table.ts'

/** What a browser holds at one moment. */
export interface Held {
  /** Without the services that the engine has for itself. */
  readonly processes: number
  /** Pages that main has, seen or not. */
  readonly contents: number
  /** Of all these processes; what several share counts once. */
  readonly memoryBytes: number
  /** Of main, once everything that nobody needs is gone. */
  readonly mainHeapBytes: number
  /** By what kind of process it is. */
  readonly memoryByKind: Readonly<Record<string, number>>
  readonly countByKind: Readonly<Record<string, number>>
}

const calmMs = 2_000
const longestMs = 60_000

/** Waits until what ends has ended and memory comes to rest, and reads; the least of all readings counts. */
export async function settledHold(browser: LivingBrowser, isCalm: (held: Held) => boolean): Promise<Held> {
  const giveUpAt = performance.now() + longestMs
  let least = await hold(browser)
  while (!isCalm(least) && performance.now() < giveUpAt) {
    await pause(calmMs)
    const next = await hold(browser)
    if (next.processes < least.processes || next.memoryBytes < least.memoryBytes) least = next
  }
  return least
}

async function hold(browser: LivingBrowser): Promise<Held> {
  const mainHeapBytes = await browser.main.heapBytes()
  const contents = await browser.main.run(
    (_nexus, _, { webContents }) => webContents.getAllWebContents().length,
  )
  const processes = browser
    .processes()
    .filter(({ state, command }) => state !== 'Z' && !isEnginesOwn(command))
  const memoryByKind: Record<string, number> = {}
  const countByKind: Record<string, number> = {}
  for (const { pid, command } of processes) {
    const kind = kindOf(command)
    memoryByKind[kind] = (memoryByKind[kind] ?? 0) + (pssBytes(pid) ?? 0)
    countByKind[kind] = (countByKind[kind] ?? 0) + 1
  }
  const memoryBytes = Object.values(memoryByKind).reduce((sum, bytes) => sum + bytes, 0)
  return { processes: processes.length, contents, memoryBytes, mainHeapBytes, memoryByKind, countByKind }
}

/** Services that the engine begins and ends by itself, for reasons of its own, and what starts them. */
function isEnginesOwn(command: string): boolean {
  return /--type=(utility|broker)/.test(command)
}

function kindOf(command: string): string {
  return (
    /services\/(\w+)\.js/.exec(command)?.[1] ??
    /--type=([\w-]+)/.exec(command)?.[1] ??
    (command.includes('crashpad') ? 'crashpad' : command.includes('chromium') ? 'engine' : 'main')
  )
}

/** By how much of itself something grew. */
export function growth(before: number, after: number): number {
  return (after - before) / before
}

export function heldWords(held: Held): string {
  const { processes, contents, memoryBytes, mainHeapBytes, memoryByKind, countByKind } = held
  const kinds = Object.entries(memoryByKind)
    .toSorted(([, one], [, other]) => other - one)
    .map(([kind, bytes]) => `${countByKind[kind]} ${kind} ${megabytes(bytes)}`)
  return `${processes} processes, ${contents} pages, ${megabytes(memoryBytes)} MB (${kinds.join(', ')}), main's heap ${megabytes(mainHeapBytes)} MB`
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}
