import { readFileSync } from 'node:fs'
import * as Type from 'typebox'
import Value from 'typebox/value'
import { readersSource } from '../../../ai-service/evaluation/content.ts'
import { bundleForPages, ChromiumPages } from '../../../ai-service/training/content/chromium-pages.ts'
import { articleOf } from './pages.ts'
import { type AiResult, percentile, result } from './results.ts'

const Readings = Type.Array(Type.Object({ firstMs: Type.Number(), againMs: Type.Number() }))

const readers = [
  { name: 'ours', who: 'nexus', target: { atMost: 10 } },
  { name: 'readability', who: 'Readability', target: null },
] as const

/** The main text of pages, by the tab's reader and by Readability, each in code that has just been loaded, and again. */
export async function content(runs: number): Promise<AiResult[]> {
  const times = readers.map(() => ({ first: [] as number[], again: [] as number[] }))
  await using pages = await ChromiumPages.open(await bundleForPages(readersSource))
  for (let run = 0; run < runs; run++) {
    // Who comes second finds the page laid out, and shared code compiled.
    const order = run % 2 === 0 ? [0, 1] : [1, 0]
    const names = JSON.stringify(order.map(place => readers[place]?.name))
    for (const html of fixturePages(run)) {
      const url = 'https://example.test/article'
      const found = Value.Parse(Readings, await pages.evaluate({ url, html }, `reader.read(${names})`))
      for (const [turn, { firstMs, againMs }] of found.entries()) {
        const place = order[turn] ?? 0
        times[place]?.first.push(firstMs)
        times[place]?.again.push(againMs)
      }
    }
  }
  return readers.flatMap(({ who, target }, place) => {
    const { first, again } = times[place] ?? { first: [], again: [] }
    const of = `main text of a page: ${who}`
    return [
      result(`${of}, code just loaded, median`, 'ms', percentile(first, 0.5), target),
      result(`${of}, code just loaded, p95`, 'ms', percentile(first, 0.95)),
      result(`${of}, again, median`, 'ms', percentile(again, 0.5)),
    ]
  })
}

/** A small article of the end-to-end tests, and long ones between menus, related links and a footer. */
function fixturePages(number: number): string[] {
  const small = readFileSync(new URL('../../fixtures/pages/article.html', import.meta.url), 'utf8')
  return [small, pageOf(2_000, number), pageOf(500, number + 1)]
}

function pageOf(words: number, number: number): string {
  const { title, paragraphs } = articleOf(words, number)
  const links = Array.from(
    { length: 40 },
    (_, place) => `<li><a href="/${place}">Section ${place}</a></li>`,
  ).join('')
  const text = paragraphs.map(paragraph => `<p>${escaped(paragraph)}</p>`).join('\n')
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body>
<header><nav><ul>${links}</ul></nav></header>
<main><article><h1>${title}</h1>${text}</article><aside><h2>Related</h2><ul>${links}</ul></aside></main>
<footer><ul>${links}</ul><p>All rights reserved.</p></footer></body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
