import type { WebContents } from 'electron'
import { withDebugger } from './with-debugger.ts'

/**
 * Lets pages stand still and go on: no timer, no script and no animation of a frozen one runs
 * (https://developer.chrome.com/docs/web-platform/page-lifecycle-api). Electron has no method of its own for it; the
 * debugger says it to the engine, and need not stay: what was said holds.
 */
export class PageFreezer {
  /** What is said to a page is said in order. */
  readonly #said = new WeakMap<WebContents, Promise<void>>()

  freeze(contents: WebContents): Promise<void> {
    return this.#say(contents, 'frozen')
  }

  thaw(contents: WebContents): Promise<void> {
    return this.#say(contents, 'active')
  }

  /** Whether the page has asked to be asked before it is left. False where the engine does not tell. */
  async isGuarded(contents: WebContents): Promise<boolean> {
    try {
      return await withDebugger(contents, async send => {
        const window: unknown = await send('Runtime.evaluate', { expression: 'globalThis', silent: true })
        const objectId = textAt(window, 'result', 'objectId')
        if (objectId === null) return false
        const found: unknown = await send('DOMDebugger.getEventListeners', { objectId })
        await send('Runtime.releaseObject', { objectId })
        return listenersOf(found).some(listener => textAt(listener, 'type') === 'beforeunload')
      })
    } catch {
      return false
    }
  }

  #say(contents: WebContents, state: 'frozen' | 'active'): Promise<void> {
    const before = this.#said.get(contents) ?? Promise.resolve()
    const said = before
      .then(() => withDebugger(contents, send => send('Page.setWebLifecycleState', { state })))
      // A page that is gone, or another than it was, stands still no more.
      .then(
        () => {},
        () => {},
      )
    this.#said.set(contents, said)
    return said
  }
}

function listenersOf(answer: unknown): readonly unknown[] {
  if (typeof answer !== 'object' || answer === null || !('listeners' in answer)) return []
  return Array.isArray(answer.listeners) ? answer.listeners : []
}

function textAt(value: unknown, ...path: readonly string[]): string | null {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return null
    at = Reflect.get(at, key)
  }
  return typeof at === 'string' ? at : null
}
