import type { pageContract } from '../../contracts/page.ts'
import type { ResultOf } from '../../ipc/contract.ts'
import { titleOf } from './dom-access.ts'
import { collectSignals } from './page-signals.ts'
import { whenParsed } from './read-page-when-parsed.ts'

/** The facts by which a deceiving page may be told, once the parser is through with it. Reads no text. */
export async function lookAtPage(
  document: Document,
): Promise<ResultOf<(typeof pageContract)['methods']['signals']>> {
  await whenParsed(document)
  return { title: titleOf(document).slice(0, 2_000), signals: collectSignals(document, 0) }
}
