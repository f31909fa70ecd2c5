import { act, summary } from '../chaos/processes/in-main.ts'
import { type LivingBrowser, pause, waitFor } from '../chaos/processes/living-browser.ts'
import type { VisitedPages } from '../chaos/processes/visited-pages.ts'

const patienceMs = 60_000
const atOnce = 8
const sites = ['a', 'b', 'c', 'd']

/** Tabs that come and go in a browser, and pages that crash and come back. */
export class ComingAndGoing {
  readonly #browser: LivingBrowser
  readonly #pages: VisitedPages
  #pagesShown = 0

  constructor(browser: LivingBrowser, pages: VisitedPages) {
    this.#browser = browser
    this.#pages = pages
  }

  /** Opens so many tabs, a few at a time, and closes each once it shows its page. */
  async openAndClose(count: number): Promise<void> {
    for (let opened = 0; opened < count; opened += atOnce) {
      const few = Math.min(atOnce, count - opened)
      const tabs = await Promise.all(Array.from({ length: few }, () => this.open()))
      for (const tabId of tabs) await this.#browser.main.run(act, { kind: 'close', tabId })
    }
  }

  /** Opens a tab, and gives its id once it shows its page. */
  async open(): Promise<string> {
    const { main } = this.#browser
    this.#pagesShown += 1
    const site = sites[this.#pagesShown % sites.length] ?? 'a'
    const url = `${this.#pages.origin(site)}/visit/${this.#pagesShown}`
    await main.run(act, { kind: 'open', url, afterTabId: null })
    return waitFor(
      'tab',
      async () => {
        const { tabs } = await main.run(nexus => nexus.state())
        return tabs.find(tab => tab.url === url && tab.title !== '' && !tab.isLoading)?.id ?? null
      },
      patienceMs,
    )
  }

  /** Kills the process of one tab so many times, and brings its page back each time. */
  async crashAndRestore(count: number): Promise<void> {
    const tabId = await this.open()
    for (let crash = 0; crash < count; crash += 1) {
      const pid = await waitFor('process of a tab', () => this.#pidOf(tabId), patienceMs)
      process.kill(pid, 'SIGKILL')
      await this.#until(tabId, 'gone')
      await this.#browser.main.run((nexus, tabId) => {
        nexus.browser.send({ type: 'tab.tell', tabId: tabId as never, event: { type: 'reload' } })
      }, tabId)
      await this.#until(tabId, 'page')
    }
    await this.#browser.main.run(act, { kind: 'close', tabId })
  }

  /** Leaves one tab, which shows nothing. */
  async closeAll(): Promise<void> {
    const { tabs } = await this.#browser.main.run(summary)
    for (const { id } of tabs) await this.#browser.main.run(act, { kind: 'close', tabId: id })
    await pause(500)
  }

  #pidOf(tabId: string): Promise<number | null> {
    return this.#browser.main.run(
      (nexus, tabId) => nexus.state().tabs.find(({ id }) => id === tabId)?.pid ?? null,
      tabId,
    )
  }

  async #until(tabId: string, kind: 'gone' | 'page'): Promise<void> {
    await waitFor(
      `tab that is ${kind}`,
      async () => {
        const { tabs } = await this.#browser.main.run(nexus => nexus.state())
        const tab = tabs.find(({ id }) => id === tabId)
        return tab?.content.kind === kind && (kind === 'gone' || (!tab.isLoading && tab.pid !== null))
          ? true
          : null
      },
      patienceMs,
    )
  }
}
