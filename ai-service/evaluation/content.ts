import { readdirSync } from 'node:fs'
import path from 'node:path'
import * as Type from 'typebox'
import Value from 'typebox/value'
import { bundleForPages, ChromiumPages } from '../training/content/chromium-pages.ts'
import { readRows } from '../training/read-rows.ts'
import type { Evaluation, EvaluationOptions, Figure } from './figure.ts'

const Row = Type.Object({
  id: Type.String(),
  url: Type.Optional(Type.String()),
  html: Type.String(),
  with: Type.Array(Type.String()),
  without: Type.Array(Type.String()),
})

/** What is run in each page: our reader, and Readability as its makers call it. */
export const readersSource = `
import { Readability } from '@mozilla/readability'
import { readPage } from 'preload/page-reader.ts'
const ours = () => {
  const page = readPage(document)
  return { text: page.paragraphs.join('\\n'), method: page.method }
}
const readability = () => {
  try {
    return { text: new Readability(document.cloneNode(true)).parse()?.textContent ?? '', method: 'readability' }
  } catch {
    return { text: '', method: 'readability' }
  }
}
const readers = { ours, readability }
// Once with code that has just been loaded, as in a tab, and once more with code that has run before.
export const read = names => names.map(name => {
  const times = [performance.now()]
  const reading = readers[name]()
  times.push(performance.now())
  readers[name]()
  times.push(performance.now())
  return { ...reading, firstMs: times[1] - times[0], againMs: times[2] - times[1] }
})`

const Reading = Type.Object({
  text: Type.String(),
  method: Type.String(),
  /** Null where nothing was read. */
  firstMs: Type.Union([Type.Number(), Type.Null()]),
  againMs: Type.Union([Type.Number(), Type.Null()]),
})

interface Times {
  readonly medianMs: number
  readonly p95Ms: number
}

/** What one reader did over a set of pages. */
export interface ReaderTally {
  readonly f1: number
  readonly precision: number
  readonly recall: number
  /** Of the first reading of each page, by code that has just been loaded. */
  readonly first: Times
  /** Of the second one, by code that has run before. */
  readonly again: Times
  /** Pages by the way in which their text was found. */
  readonly methods: Readonly<Record<string, number>>
}

/**
 * Runs the tab's reader, and beside it Readability, over pages in one Chromium. A page counts by its snippets: those
 * that belong to the main text should be in the answer, the others should not (after trafilatura's evaluation).
 */
export async function measureReaders(
  file: string,
  withPeers: boolean,
): Promise<{ pages: number; readers: ReadonlyMap<string, ReaderTally> }> {
  const rows = readRows(file, Row)
  const names = withPeers ? ['ours', 'readability'] : ['ours']
  const tallies = new Map(names.map(name => [name, new Tally()]))
  await using pages = await ChromiumPages.open(await bundleForPages(readersSource))
  for (const [index, row] of rows.entries()) {
    // In turns, because who comes second finds a page that has been looked at before.
    const order = index % 2 === 0 ? names : names.toReversed()
    const readings = await readingsOf(pages, row, order)
    for (const [at, name] of order.entries()) tallies.get(name)?.add(row, readings[at] ?? failed)
    if (index % 50 === 49) console.error(`content: ${index + 1} of ${rows.length} pages`)
  }
  return { pages: rows.length, readers: new Map([...tallies].map(([name, tally]) => [name, tally.result()])) }
}

const failed: Type.Static<typeof Reading> = { text: '', method: 'failed', firstMs: null, againMs: null }

/** A page that cannot be read in a while counts as one of which nothing was found. */
async function readingsOf(
  pages: ChromiumPages,
  row: Type.Static<typeof Row>,
  names: readonly string[],
): Promise<readonly Type.Static<typeof Reading>[]> {
  try {
    const expression = `reader.read(${JSON.stringify(names)})`
    const value = await pages.evaluate({ url: row.url ?? '', html: row.html }, expression)
    return Value.Parse(Type.Array(Reading), value)
  } catch (error) {
    console.error(`content: ${row.id} failed: ${String(error).slice(0, 300)}`)
    return []
  }
}

class Tally {
  #found = 0
  #missed = 0
  #wrong = 0
  readonly #first: number[] = []
  readonly #again: number[] = []
  readonly #methods: Record<string, number> = {}

  add(row: Type.Static<typeof Row>, reading: Type.Static<typeof Reading>): void {
    const text = fold(reading.text)
    for (const snippet of row.with) {
      if (text.includes(fold(snippet))) this.#found++
      else this.#missed++
    }
    for (const snippet of row.without) if (text.includes(fold(snippet))) this.#wrong++
    if (reading.firstMs !== null) this.#first.push(reading.firstMs)
    if (reading.againMs !== null) this.#again.push(reading.againMs)
    this.#methods[reading.method] = (this.#methods[reading.method] ?? 0) + 1
  }

  result(): ReaderTally {
    const precision = this.#found / Math.max(1, this.#found + this.#wrong)
    const recall = this.#found / Math.max(1, this.#found + this.#missed)
    return {
      f1: (2 * precision * recall) / Math.max(Number.EPSILON, precision + recall),
      precision,
      recall,
      first: timesOf(this.#first),
      again: timesOf(this.#again),
      methods: this.#methods,
    }
  }
}

function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
    p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
  }
}

function timesText({ medianMs, p95Ms }: Times): string {
  return `${medianMs.toFixed(1)} ms median and ${p95Ms.toFixed(1)} ms p95`
}

function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim()
}

export const contentEvaluation: Evaluation = {
  task: 'content',
  folder: 'content',
  async run({ folder, withPeers }: EvaluationOptions): Promise<readonly Figure[]> {
    const figures: Figure[] = []
    for (const name of readdirSync(folder).filter(one => /^test.*\.jsonl\.gz$/.test(one))) {
      const { pages, readers } = await measureReaders(path.join(folder, name), withPeers)
      for (const [reader, tally] of readers) {
        const who = reader === 'ours' ? 'nexus' : reader
        const times = `first ${timesText(tally.first)}, again ${timesText(tally.again)}`
        const methods = Object.entries(tally.methods).map(([method, count]) => `${method} ${count}`)
        const parts = `${methods.join(', ')}; precision ${tally.precision.toFixed(4)}, recall ${tally.recall.toFixed(4)}`
        figures.push({
          name: 'f1',
          of: `${name}, snippets (${parts}; ${times})`,
          who,
          value: tally.f1,
          count: pages,
        })
      }
    }
    return figures
  },
}
