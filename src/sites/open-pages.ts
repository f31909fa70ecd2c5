import type { WebContents } from 'electron'
import type { Clock } from '../../ipc/clock.ts'
import type { OpenPage } from './site-data.ts'

/** A page that is busy is not waited for. */
const answerDeadlineMs = 1_000
/** A world of its own: the page cannot change what it calls there. */
const measuringWorld = 7_301
/** Keys and values are kept in two bytes a character. */
const measuring = `(() => {
  try {
    let characters = 0
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index) ?? ''
      characters += key.length + (localStorage.getItem(key) ?? '').length
    }
    return characters * 2
  } catch {
    return 0
  }
})()`

/** A page as `SiteData` looks at it. */
export function openPage(contents: WebContents, clock: Clock): OpenPage {
  return {
    origins: [contents.mainFrame, ...contents.mainFrame.framesInSubtree].map(frame => frame.origin),
    localStorageBytes: async () => {
      const answer: unknown = await Promise.race([
        contents.executeJavaScriptInIsolatedWorld(measuringWorld, [{ code: measuring }]).catch(() => null),
        new Promise(resolve => clock.after(answerDeadlineMs, () => resolve(null))),
      ])
      return typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0 ? answer : null
    },
  }
}
