import type { WebContents } from 'electron'
import type { StoredItem } from '../../contracts/page-state.ts'
import type { Clock } from '../../ipc/clock.ts'
import type { SleepingPage } from '../controller/sleeping-page.ts'
import { withDebugger } from './with-debugger.ts'

/** The engine answers in a few milliseconds; a page that waits for more than this is loaded without. */
const patienceMs = 500
/** A world of its own: the page can neither see nor change what is done in it. */
const worldName = 'nexus/session'

/**
 * Puts back what a page had in its session storage, before any script of it runs: the engine forgets it with the view.
 * Resolves when the page may be loaded; what went wrong is no reason not to.
 */
export async function restoreSession(
  contents: WebContents,
  { url, session }: Pick<SleepingPage, 'url' | 'session'>,
  clock: Clock,
): Promise<void> {
  if (session.length === 0) return
  const { promise: isReady, resolve: beReady } = Promise.withResolvers<void>()
  const { promise: isThere, resolve: beThere } = Promise.withResolvers<void>()
  for (const event of ['did-navigate', 'did-fail-load', 'destroyed'] as const)
    contents.once(event as 'destroyed', () => beThere())
  // What is said holds for as long as somebody stays to have said it.
  withDebugger(contents, async send => {
    await send('Page.enable', {})
    const source = sessionScript(url, session)
    await send('Page.addScriptToEvaluateOnNewDocument', { source, worldName })
    beReady()
    await isThere
  }).catch(() => beReady())
  const patience = clock.after(patienceMs, () => beReady())
  await isReady
  patience[Symbol.dispose]()
}

/** For the document of that site alone, and only where nothing is stored yet. */
export function sessionScript(url: string, session: readonly StoredItem[]): string {
  const items = JSON.stringify(session.map(({ key, value }) => [key, value]))
  const origin = JSON.stringify(new URL(url).origin)
  return `if (self === top && origin === ${origin} && sessionStorage.length === 0)
  for (const [key, value] of ${items}) sessionStorage.setItem(key, value)`
}
