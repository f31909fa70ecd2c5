import type { LifecycleEntry } from '../../../contracts/processes.ts'
import {
  type Act,
  act,
  chooseSearch,
  drawnTabs,
  known,
  listenToLives,
  missingVisits,
  reloadLost,
  type Summary,
  storedSearch,
  summary,
  takeEntries,
} from './in-main.ts'
import { LivingBrowser, pause, waitFor } from './living-browser.ts'
import { findProcess } from './process-table.ts'
import type { RecoveryTimes } from './recovery-times.ts'
import type { VisitedPages } from './visited-pages.ts'

const settleMs = 20_000
const fewestTabs = 5
const mostTabs = 8
const sites = ['a', 'b', 'c', 'd', 'e', 'f']
const groupNames = ['Reading', 'Travel', 'Kitchen']

/** Notices that say that something of the person's is gone, or that main itself failed. */
const badNotices = new Set(['core:fault', 'storage:lost', 'storage:opening'])

/** A browser that is struck, what a person did in it, and what has to be there afterwards. */
export class ChaosWorld {
  browser: LivingBrowser
  readonly profile: string
  readonly pages: VisitedPages
  readonly times: RecoveryTimes
  /** Every address that was shown, in order. */
  readonly visits: string[] = []
  /** What was found broken. */
  readonly violations: string[] = []
  round = 0
  #visit = 0
  /** What the setting may be: the last that was acknowledged, and those tried since. */
  #searches: string[] = []

  private constructor(browser: LivingBrowser, pages: VisitedPages, times: RecoveryTimes) {
    this.browser = browser
    this.profile = browser.profile
    this.pages = pages
    this.times = times
  }

  static async open(profile: string, pages: VisitedPages, times: RecoveryTimes): Promise<ChaosWorld> {
    const world = new ChaosWorld(await LivingBrowser.start(profile), pages, times)
    try {
      await world.#fill()
    } catch (error) {
      await world.browser.kill('SIGKILL')
      throw error
    }
    return world
  }

  async #fill(): Promise<void> {
    await this.#begin()
    const { tabs } = await this.main.run(summary)
    for (let count = tabs.length; count < fewestTabs + 1; count += 1)
      await this.openTab(() => count / mostTabs)
    const [blank] = tabs
    if (blank !== undefined && blank.url === '') await this.do({ kind: 'close', tabId: blank.id })
  }

  get main() {
    return this.browser.main
  }

  violate(words: string): void {
    this.violations.push(`round ${this.round}: ${words}`)
  }

  do(deed: Act): Promise<Summary> {
    return this.main.run(act, deed)
  }

  /** An address that was never shown. */
  freshUrl(random: () => number, kind = 'visit'): string {
    this.#visit += 1
    const site = sites[Math.floor(random() * sites.length)] ?? 'a'
    return `${this.pages.origin(site)}/${kind}/n${Date.now().toString(36)}x${this.#visit}`
  }

  async openTab(random: () => number): Promise<void> {
    const before = await this.main.run(summary)
    const url = this.freshUrl(random)
    const after = await this.do({ kind: 'open', url, afterTabId: before.tabs.at(-1)?.id ?? null })
    const opened = after.tabs.find(tab => !before.tabs.some(({ id }) => id === tab.id))
    if (opened !== undefined) await this.shown(opened.id, url)
  }

  /** Shows an address in a tab, and waits until it is there. */
  async visit(tabId: string, url: string): Promise<void> {
    await this.do({ kind: 'visit', tabId, url })
    await this.shown(tabId, url)
  }

  async shown(tabId: string, url: string): Promise<void> {
    const title = `Visit ${url.slice(url.lastIndexOf('/') + 1)}`
    await this.untilTab(tabId, tab => tab.url === url && tab.title === title && tab.content.kind === 'page')
    this.visits.push(url)
  }

  /** Waits for a state of a tab; what was lost on the way is loaded again, as a person would. */
  async untilTab(
    tabId: string,
    isSo: (tab: Awaited<ReturnType<ChaosWorld['tabs']>>[number]) => boolean,
  ): Promise<void> {
    let reloads = 0
    await waitFor(
      `tab as it should be (${tabId})`,
      async () => {
        const tab = (await this.tabs()).find(({ id }) => id === tabId)
        if (tab !== undefined && isSo(tab)) return true
        if (tab !== undefined && tab.content.kind !== 'page' && reloads < 20) {
          reloads += 1
          await this.main.run(reloadLost)
          await pause(200)
        }
        return null
      },
      settleMs,
    ).catch(async (error: unknown) => {
      const tab = (await this.tabs()).find(({ id }) => id === tabId)
      throw new Error(`${error instanceof Error ? error.message : error}: ${JSON.stringify(tab)}`)
    })
  }

  tabs() {
    return this.main.run(nexus =>
      nexus.state().tabs.map(({ id, url, title, pid, content, isLoading }) => ({
        id,
        url,
        title,
        pid,
        content,
        isLoading,
      })),
    )
  }

  /** Something that a person might do, which leaves between five and eight tabs. */
  async someAct(random: () => number): Promise<void> {
    const { tabs } = await this.main.run(summary)
    const any = tabs[Math.floor(random() * tabs.length)]
    if (any === undefined) return
    const choice = random()
    if (choice < 0.35) await this.visit(any.id, this.freshUrl(random))
    else if (choice < 0.45) await this.chooseSearch()
    else {
      const deed = this.#change(choice, any.id, tabs, random)
      if (deed.kind === 'open') await this.openTab(random)
      else await this.do(deed)
    }
  }

  /** A change of the open tabs that is done at once, without a page that has to come first. */
  quickAct(summary: Summary, random: () => number): Act | null {
    const any = summary.tabs[Math.floor(random() * summary.tabs.length)]
    return any === undefined ? null : this.#change(0.45 + random() * 0.55, any.id, summary.tabs, random)
  }

  async chooseSearch(): Promise<void> {
    this.#visit += 1
    const template = `https://search.example/${this.#visit}?q=%s`
    this.#searches.push(template)
    if (await this.main.run(chooseSearch, template)) this.#searches = [template]
  }

  /** After the browser was ended in any way; `mayBe` are the states that it may come back to. */
  async startAgain(
    mayBe: readonly Summary[],
    meanwhile: (mainPid: number) => Promise<void> = async () => {},
  ): Promise<void> {
    const left = await this.browser.leftBehind()
    for (const one of left) this.violate(`left behind: ${one}`)
    this.times.forgetProcesses()
    this.browser = await LivingBrowser.start(this.profile, true, meanwhile)
    await this.#begin()
    const now = shape(await this.main.run(summary))
    if (!mayBe.some(one => shape(one) === now)) {
      this.violate(`the tabs are\n  ${now}\nand might be\n  ${mayBe.map(shape).join('\n  ')}`)
    }
  }

  /** All that has to hold after a round; `before` is what was open. */
  async check(before: Summary, visitsFrom: number): Promise<void> {
    await this.#healTabs()
    await this.#servicesUp()
    const now = shape(await this.main.run(summary))
    if (now !== shape(before)) this.violate(`the tabs were\n  ${shape(before)}\nand are\n  ${now}`)
    await this.#nothingForgotten(this.visits.slice(visitsFrom))
    await this.#noticesHaveWaysOut()
    await this.#nobodyLeft()
    for (const line of this.browser.takeFaults()) this.violate(`in the log: ${line}`)
    const tabs = (await this.main.run(summary)).tabs.length
    await this.#eventually('The window draws all tabs', async () => (await this.main.run(drawnTabs)) === tabs)
    if (this.round % 5 === 0 && (await this.browser.askByCommandLine()) < tabs)
      this.violate('The command line is told of too few processes')
    await this.takeEntries()
  }

  /** What was seen once is in the history for good. */
  async checkAllVisits(): Promise<void> {
    await this.#nothingForgotten(this.visits)
  }

  takeEntries(): Promise<void> {
    return this.main.run(takeEntries).then(entries => this.times.follow(entries as LifecycleEntry[]))
  }

  /** All that was done is on the disk: writes happen in order, and the last of them is. */
  async written(random: () => number): Promise<void> {
    const { tabs } = await this.main.run(summary)
    const any = tabs[Math.floor(random() * tabs.length)]
    if (any === undefined) return
    const url = this.freshUrl(random)
    await this.visit(any.id, url)
    await this.#nothingForgotten([url])
  }

  async #begin(): Promise<void> {
    await this.main.run(listenToLives)
    await waitFor(
      'service that is ready',
      async () =>
        (await this.#isUp('service:storage')) && (await this.#isUp('service:network')) ? true : null,
      settleMs,
    )
  }

  async #isUp(id: string): Promise<boolean> {
    const state = (await this.main.run(known)).find(one => one.id === id)?.state
    return state === 'ready' || state === 'active' || state === 'idle'
  }

  #change(choice: number, tabId: string, tabs: Summary['tabs'], random: () => number): Act {
    const last = tabs.at(-1)?.id ?? null
    if (choice < 0.6) return { kind: 'move', tabId, position: Math.floor(random() * tabs.length) }
    if (choice < 0.7) return { kind: 'pin', tabId, isPinned: random() < 0.5 }
    if (choice < 0.8) {
      const name = groupNames[Math.floor(random() * groupNames.length)] ?? 'Reading'
      return { kind: 'group', name, tabIds: tabs.filter(() => random() < 0.4).map(({ id }) => id) }
    }
    if (choice < 0.85) return { kind: 'activate', tabId }
    if (tabs.length >= mostTabs || (choice < 0.93 && tabs.length > fewestTabs))
      return { kind: 'close', tabId }
    return { kind: 'open', url: this.freshUrl(random), afterTabId: last }
  }

  async #healTabs(): Promise<void> {
    const lost = new Set<string>()
    await this.#eventually('Every tab shows its page again', async () => {
      for (const one of await this.main.run(reloadLost)) lost.add(one)
      if (lost.size > 0) await pause(100)
      return (await this.tabs()).every(({ content, isLoading }) => content.kind === 'page' && !isLoading)
    })
  }

  async #servicesUp(): Promise<void> {
    await this.#eventually('Every process is back', async () => {
      const away = (await this.main.run(known)).filter(
        ({ id, state }) =>
          (id.startsWith('service:') || id === 'chrome') && (state === 'crashed' || state === 'restarting'),
      )
      return (
        away.length === 0 && (await this.#isUp('service:storage')) && (await this.#isUp('service:network'))
      )
    })
    const failed = (await this.main.run(known)).filter(({ state }) => state === 'failed')
    for (const { id } of failed) this.violate(`${id} was given up and not brought back`)
  }

  async #nothingForgotten(urls: readonly string[]): Promise<void> {
    await this.#eventually(`The history knows ${urls.length} addresses`, async () => {
      const missing = await this.main.run(missingVisits, urls).catch(() => null)
      return missing !== null && missing.length === 0
    })
    const [acknowledged] = this.#searches
    if (acknowledged === undefined) return
    const stored = await this.main.run(storedSearch).catch(() => 'nothing that could be read')
    if (!this.#searches.includes(stored))
      this.violate(`the search is ${stored} and was ${this.#searches.join(' or ')}`)
    else this.#searches = [stored]
  }

  async #noticesHaveWaysOut(): Promise<void> {
    const notices = await this.main.run(nexus => {
      const { notices } = nexus.state()
      for (const { id } of notices) nexus.browser.send({ type: 'notice.dismiss', id })
      return notices.map(({ id, tone, message }) => ({ id, tone, message }))
    })
    for (const { id, message } of notices) if (badNotices.has(id)) this.violate(`notice ${id}: ${message}`)
  }

  /** Every process is one that main knows, and every one that ended was asked for its end. */
  async #nobodyLeft(): Promise<void> {
    let strangers: readonly string[] = []
    // One look is not enough: helpers of the engine come and go all the time.
    await waitFor(
      'process that nobody knows to go',
      async () => {
        strangers = await this.#strangers()
        return strangers.length === 0 ? true : null
      },
      settleMs,
    ).catch((error: unknown) => {
      if (strangers.length === 0) this.violate(`nobody can say who is left: ${error}`)
      for (const one of strangers) this.violate(`nobody knows of process ${one}`)
    })
  }

  async #strangers(): Promise<readonly string[]> {
    const pids = await this.main.run((nexus, _, { app }) => [
      ...nexus.parts.processes.book.all().map(({ pid }) => pid),
      ...app.getAppMetrics().map(({ pid }) => pid),
    ])
    const ours = new Set(pids)
    return this.browser
      .processes()
      .filter(({ pid, state, command }) => {
        if (state === 'Z') return findProcess(pid)?.state === 'Z'
        const isHelper = command.includes('crashpad') || command.includes('--type=zygote') || command === ''
        return !ours.has(pid) && pid !== this.browser.pid && !isHelper
      })
      .map(({ pid, state, command }) => `${pid} ${state} ${command.slice(0, 160)}`)
  }

  async #eventually(what: string, isSo: () => Promise<boolean>): Promise<void> {
    await waitFor(what, async () => ((await isSo()) ? true : null), settleMs).catch(() =>
      this.violate(`not so: ${what}`),
    )
  }
}

/** Everything that counts of it, to be compared. */
function shape({ tabs }: Summary): string {
  return tabs
    .map(({ id, url, isPinned, group }) => `${id.slice(0, 4)}${isPinned ? '!' : ''}${group ?? ''} ${url}`)
    .join(' | ')
}
