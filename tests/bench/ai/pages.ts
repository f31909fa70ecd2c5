import { readFileSync } from 'node:fs'
import { noMetadata, noSignals } from '../../../ai-service/testing/texts.ts'
import type { PageText } from '../../../contracts/page.ts'

/** Prose of this project, as paragraphs; real sentences with a real vocabulary, the same on every machine. */
const prose = ['ARCHITECTURE.md', 'README.md', 'ipc/README.md', 'docs/speed-of-messages.md']
  .flatMap(file =>
    readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')
      .replaceAll(/```[\s\S]*?```/g, '')
      .split(/\n\s*\n/),
  )
  .filter(paragraph => !/^[|#<!]/.test(paragraph.trim()))
  .map(paragraph => paragraph.replaceAll(/\s+/g, ' ').replaceAll(/[`*[\]]/g, ''))
  .filter(paragraph => paragraph.length > 60)

/** A page of so many words that begins at another place for each number. */
export function articleOf(words: number, number: number): PageText {
  const paragraphs: string[] = []
  let left = words
  for (let index = (number * 7) % prose.length; left > 0; index = (index + 1) % prose.length) {
    const all = (prose[index] ?? '').split(' ')
    paragraphs.push(all.slice(0, left).join(' '))
    left -= all.length
  }
  return {
    url: `https://example.test/${number}`,
    title: `A page about a browser, number ${number}`,
    declaredLanguage: 'en',
    metadata: noMetadata,
    signals: noSignals,
    paragraphs,
    method: 'readability',
    isCut: false,
    extractionMs: 0,
  }
}

/** Sentences to find and to be found. */
export function sentences(): string[] {
  return prose.flatMap(paragraph => paragraph.split(/(?<=[.;:?!]) /)).filter(text => text.length > 30)
}
