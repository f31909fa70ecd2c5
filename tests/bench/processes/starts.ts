import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { launchNexus, removal } from '../../e2e/nexus.ts'
import { chromiumExecutable, rootSwitches } from './bare-chromium.ts'
import { medians, type ProcessResult } from './results.ts'

/** From nothing to a window that can be used, by turns. */
export async function measureStarts(rounds: number): Promise<ProcessResult[]> {
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    console.error(`starts: round ${round + 1} of ${rounds}`)
    const userDataFolder = await mkdtemp(path.join(tmpdir(), 'nexus-bench-'))
    let startedAt = performance.now()
    const nexus = await launchNexus({ userDataFolder })
    ours.push(performance.now() - startedAt)
    await nexus[Symbol.asyncDispose]()
    await rm(userDataFolder, removal)
    startedAt = performance.now()
    const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: rootSwitches() })
    const page = await browser.newPage()
    await page.setContent('<button>New tab</button>')
    bare.push(performance.now() - startedAt)
    await browser.close()
  }
  return [
    medians('start to usable window', ours, bare, {
      words: 'at most 4 times',
      isMet: (_value, ratio) => ratio <= 4,
    }),
  ]
}
