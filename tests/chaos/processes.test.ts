import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ChaosWorld } from './processes/chaos-world.ts'
import { doDeed } from './processes/deeds.ts'
import { summary } from './processes/in-main.ts'
import { RecoveryTimes, recoveryTable } from './processes/recovery-times.ts'
import { roundPlan, wordsOf } from './processes/round-plan.ts'
import { serveVisitedPages } from './processes/visited-pages.ts'

/** Blows in one round; a run may begin at any, since each has random numbers of its own. */
const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 12)
const firstRound = Number(process.env.NEXUS_CHAOS_FROM ?? 1)
const seed = 20_261_123
const actsOfRound = 2
/** A long run that is broken off has told its figures up to there. */
const roundsUntilTable = 25

it(`loses nothing and leaves nobody behind in ${rounds} rounds of killing what a browser is made of`, async () => {
  const profile = mkdtempSync(join(tmpdir(), 'nexus-chaos-processes-'))
  const times = new RecoveryTimes()
  await using pages = await serveVisitedPages()
  const world = await ChaosWorld.open(profile, pages, times)
  try {
    for (const { number, deed, random } of roundPlan(seed, rounds)) {
      if (number < firstRound) continue
      world.round = number
      const startedAt = performance.now()
      const found = world.violations.length
      const visitsFrom = world.visits.length
      try {
        for (let count = 0; count < actsOfRound; count += 1) await world.someAct(random)
        await world.check(await doDeed(world, deed, random), visitsFrom)
      } catch (error) {
        world.violate(`${wordsOf(deed)}: ${error instanceof Error ? error.message : String(error)}`)
        const before = await world.main.run(summary).catch(() => null)
        await world.browser.kill('SIGKILL')
        await world.startAgain(before === null ? [] : [before])
      }
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
      const broken = world.violations.slice(found)
      console.log(`${number}/${rounds} ${wordsOf(deed)} ${seconds} s`, ...broken)
      if (number % roundsUntilTable === 0) console.log(recoveryTable(times.percentiles()))
    }
    await world.checkAllVisits()
  } finally {
    await world.browser[Symbol.asyncDispose]()
    for (const one of await world.browser.leftBehind()) world.violate(`left behind at the end: ${one}`)
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  const recovery = times.percentiles()
  console.log(recoveryTable(recovery))
  console.log(JSON.stringify({ seed, rounds, broken: world.violations.length, recovery }))
  expect(world.violations).toEqual([])
}, 7_200_000)
