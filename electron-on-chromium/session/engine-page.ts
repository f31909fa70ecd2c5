import { setTimeout as delay } from 'node:timers/promises'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession } from '../chromium/devtools.ts'

/** Pages of Chromium itself that can do what DevTools cannot, each with what its scripts must have for it. */
const enginePages = {
  /** The settings of the default profile. There is none for the others. */
  settings: { url: 'chrome://settings/', needs: "typeof chrome.settingsPrivate === 'object'" },
  /** The network stack of any browser context. */
  network: { url: 'chrome://net-internals/', needs: "typeof chrome.send === 'function'" },
} as const

const loadLimitMs = 10_000
const lookEveryMs = 10

/** Opens such a page in a browser context, unseen by the application, for as long as `use` takes. */
export async function withEnginePage<T>(
  browser: ChromiumBrowser,
  name: keyof typeof enginePages,
  browserContextId: string | null,
  use: (page: DevToolsSession) => Promise<T>,
): Promise<T> {
  const { url, needs } = enginePages[name]
  const page = await browser.createTarget({ url, browserContextId })
  try {
    const isReady = async (): Promise<boolean> =>
      (await evaluateIn(page, `location.href.startsWith('${url}') && ${needs}`).catch(() => false)) === true
    for (let waitedMs = 0; !(await isReady()); waitedMs += lookEveryMs) {
      if (waitedMs > loadLimitMs) throw new Error(`${url} does not load`)
      await delay(lookEveryMs)
    }
    return await use(page)
  } finally {
    const { targetId } = page
    if (targetId) await browser.root.send('Target.closeTarget', { targetId }).catch(() => {})
  }
}

/** The value of an expression, or of the promise that it is. */
export async function evaluateIn(page: DevToolsSession, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value
}
