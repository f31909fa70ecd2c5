import type { PageText } from '../../contracts/page.ts'
import { readPage } from './page-reader.ts'

/** A document that has not been parsed by then is read as far as it came. */
const patienceMs = 5_000

/** Reads the page once the parser is through with it; a page that never stops loading is read as it stands. */
export async function readPageWhenParsed(document: Document): Promise<PageText> {
  await whenParsed(document)
  return readPage(document)
}

export async function whenParsed(document: Document): Promise<void> {
  if (document.readyState === 'loading') {
    await new Promise<void>(resolve => {
      document.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
      setTimeout(resolve, patienceMs)
    })
  }
}
