/**
 * Measures the analysis in this process, as the AI process does it.
 *
 *   node ai-service/measure.ts [--models=<folder>] [--runs=<number>] [--json]
 *
 * Prints milliseconds: the first analysis with everything still to load, an article of 2,000 words with the model
 * loaded, and the largest page that a tab hands out, with the longest time that the event loop was held.
 */
import { parseArgs } from 'node:util'
import { maxPageTextCharacters, type PageText } from '../contracts/page.ts'
import { analysisStages } from '../contracts/page-analysis.ts'
import { analyzePage } from './analysis.ts'
import { LanguageIdentifier } from './language/identifier.ts'
import { ModelManager } from './models/manager.ts'
import { lighthouseArticle, pageOf } from './testing/texts.ts'
import { below, seededRandom } from './training/random.ts'

const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: 'assets/models' },
    runs: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
})
const now = (): number => performance.now()

await using models = new ModelManager(options.models)
const identifier = new LanguageIdentifier(models)
const analyze = (page: PageText) =>
  analyzePage(page, 0, { identifier, now }, { signal: new AbortController().signal, progress: () => {} })

const firstMs = (await analyze(articleOf(2_000, 1))).analysis.totalMs
const article = articleOf(2_000, 2)
for (let run = 0; run < 20; run++) await analyze(article)
const totals: number[] = []
const stages = new Map<string, number[]>(analysisStages.map(stage => [stage, []]))
for (let run = 0; run < Number(options.runs); run++) {
  const { totalMs, stages: reports } = (await analyze(article)).analysis
  totals.push(totalMs)
  for (const { stage, milliseconds } of reports) stages.get(stage)?.push(milliseconds)
}

const largest = articleOf(maxPageTextCharacters / 6, 3)
let longestGapMs = 0
let longestGapCpuMs = 0
let lastMs = now()
let lastCpuMs = cpuMs()
let isRunning = true
const watch = (): void => {
  longestGapMs = Math.max(longestGapMs, now() - lastMs)
  longestGapCpuMs = Math.max(longestGapCpuMs, cpuMs() - lastCpuMs)
  lastMs = now()
  lastCpuMs = cpuMs()
  if (isRunning) setImmediate(watch)
}
setImmediate(watch)
const { analysis: largestAnalysis } = await analyze(largest)
isRunning = false

const result = {
  firstMs: rounded(firstMs),
  article: {
    words: (await analyze(article)).analysis.words,
    p50Ms: percentile(totals, 0.5),
    p95Ms: percentile(totals, 0.95),
    maxMs: percentile(totals, 1),
    stageP50Ms: Object.fromEntries([...stages].map(([stage, values]) => [stage, percentile(values, 0.5)])),
  },
  largest: {
    characters: largest.paragraphs.reduce((sum, text) => sum + text.length, 0),
    words: largestAnalysis.words,
    totalMs: rounded(largestAnalysis.totalMs),
    longestGapMs: rounded(longestGapMs),
    // Without the time in which other programs had the processor.
    longestGapCpuMs: rounded(longestGapCpuMs),
  },
  residentMegabytes: Math.round(process.memoryUsage.rss() / 1_048_576),
}
if (options.json) console.log(JSON.stringify(result))
else console.dir(result, { depth: 4 })

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

/** Sentences of random words with the lengths and the vocabulary of an article. */
function articleOf(words: number, seed: number): PageText {
  const random = seededRandom(seed)
  const vocabulary = lighthouseArticle.join(' ').match(/[\p{L}’]+/gu) ?? []
  const paragraphs: string[] = []
  let left = words
  while (left > 0) {
    const sentences: string[] = []
    for (let count = 3 + below(random, 5); count > 0 && left > 0; count--) {
      const size = Math.min(left, 8 + below(random, 18))
      left -= size
      const chosen = Array.from({ length: size }, () => {
        const word = vocabulary[below(random, vocabulary.length)] ?? ''
        // A long article has more words than this vocabulary: some get an ending of their own.
        return random() < 0.2
          ? word + (vocabulary[below(random, vocabulary.length)] ?? '').toLowerCase()
          : word
      })
      sentences.push(`${chosen.join(' ')}.`)
    }
    paragraphs.push(sentences.join(' '))
  }
  return pageOf(paragraphs)
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
