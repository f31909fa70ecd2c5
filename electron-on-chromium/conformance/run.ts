/**
 * Runs the conformance suite on an Electron executable: the stand-in by default, any other with `--electron <path>`.
 *
 *   node electron-on-chromium/conformance/run.ts [--electron <path>] [--electron-arg <flag>]... [--chapter <name>]
 *     [--case <text>] [--jobs <n>] [--json] [--verbose]
 *
 * The last line is always `N passed, N failed, N skipped`; the exit status is 0 when nothing failed.
 */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chapterFiles } from './app/chapters/index.ts'
import { type ChapterCases, runChapter } from './chapter-process.ts'
import { applyKnownGaps, type KnownGaps } from './known-gaps.ts'
import { lifeChapters, runLifeCases } from './life/index.ts'
import type { CaseResult } from './registry.ts'
import { printResult, printSummary } from './report.ts'

const here = import.meta.dirname
const standInFolder = resolve(here, '../dist')

const { values: options } = parseArgs({
  options: {
    electron: { type: 'string', default: join(standInFolder, 'electron') },
    'electron-arg': { type: 'string', multiple: true, default: [] },
    chapter: { type: 'string' },
    case: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    /** For debugging: keep the folder that holds the stripped application and its profiles. */
    keep: { type: 'boolean', default: false },
  },
})

const executable = resolve(options.electron)
if (!existsSync(executable)) {
  console.error(`There is no Electron executable at ${executable}`)
  process.exit(2)
}
const isStandIn = realpathSync(executable).startsWith(`${realpathSync(standInFolder)}/`)
const knownGaps: KnownGaps = isStandIn ? JSON.parse(readFileSync(join(here, 'known-gaps.json'), 'utf8')) : {}

const startedAt = performance.now()
const work = mkdtempSync(join(tmpdir(), 'conformance-'))
try {
  stage(here, work)
  const results = await runAll()
  if (options.json) console.log(JSON.stringify(results))
  else printSummary(results, performance.now() - startedAt)
  const count = (verdict: CaseResult['verdict']): number =>
    results.filter(result => result.verdict === verdict).length
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`)
  process.exitCode = count('failed') > 0 || results.length === 0 ? 1 : 0
} finally {
  if (options.keep) console.error(`kept ${work}`)
  else rmSync(work, { recursive: true, force: true, maxRetries: 3 })
}

/** Copies the applications, without their types, to a place from which any Electron can run them. */
function stage(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  for (const entry of readdirSync(to, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue
    const path = join(entry.parentPath, entry.name)
    const code = stripTypeScriptTypes(readFileSync(path, 'utf8')).replace(
      /(from|import) '(\.[^']+)\.ts'/g,
      "$1 '$2.mjs'",
    )
    writeFileSync(path.replace(/\.ts$/, '.mjs'), code)
    rmSync(path)
  }
}

async function runAll(): Promise<CaseResult[]> {
  const launch = { executable, flags: options['electron-arg'], work, verbose: options.verbose }
  const inApp = await listCases()
  const wanted = (chapter: string, title: string): boolean =>
    (options.chapter === undefined || options.chapter === chapter) &&
    (options.case === undefined || title.includes(options.case))
  const jobs: (() => Promise<void>)[] = []
  const results: CaseResult[] = []
  const accept = (result: CaseResult): void => {
    const judged = applyKnownGaps(result, knownGaps)
    results.push(judged)
    if (!options.json) printResult(judged)
  }
  for (const chapter of inApp) {
    const selected = chapter.titles.filter(title => wanted(chapter.name, title))
    if (selected.length > 0) jobs.push(() => runChapter(chapter, selected, launch, accept))
  }
  for (const chapter of lifeChapters) {
    const selected = chapter.titles.filter(title => wanted(chapter.name, title))
    if (selected.length > 0) jobs.push(() => runLifeCases(chapter.name, selected, launch, accept))
  }
  const workers = Array.from({ length: Number(options.jobs) }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job()
  })
  await Promise.all(workers)
  return results
}

/** Reads the registry without Electron: the chapters only need its exports to exist when they are defined. */
async function listCases(): Promise<ChapterCases[]> {
  const stub = join(work, 'node_modules', 'electron')
  cpSync(join(here, 'listing'), stub, { recursive: true })
  const chapters = join(work, 'app', 'chapters')
  try {
    const { registry } = await import(join(chapters, 'registry.mjs'))
    const cases: readonly { chapter: string; title: string }[] = registry.cases
    const found: ChapterCases[] = []
    for (const file of chapterFiles) {
      const before = cases.length
      await import(join(chapters, `${file}.mjs`))
      for (const [name, own] of Map.groupBy(cases.slice(before), ({ chapter }) => chapter)) {
        found.push({ name, file, titles: own.map(({ title }) => title) })
      }
    }
    return found
  } finally {
    rmSync(join(work, 'node_modules'), { recursive: true })
  }
}
