import type { ProcessAction } from '../../../contracts/processes.ts'
import type { Application } from '../../../src/application.ts'
import type { TabId } from '../../../src/controller/tab-model.ts'
import type { KnownProcess } from '../../../src/processes/book/known-process.ts'
import type { ServiceMoment, ServiceTarget } from './round-plan.ts'

// Each function here runs within main, and sees its own arguments only: what it needs, it declares within itself.

type Electron = typeof import('electron')

/** What a person would miss of the open tabs and settings. */
export interface Summary {
  readonly tabs: readonly SummaryTab[]
  readonly searchTemplate: string
}

export interface SummaryTab {
  readonly id: string
  readonly url: string
  readonly isPinned: boolean
  readonly group: string | null
}

/** What a person does meanwhile. */
export type Act =
  | { readonly kind: 'visit'; readonly tabId: string; readonly url: string }
  | { readonly kind: 'open'; readonly url: string; readonly afterTabId: string | null }
  | { readonly kind: 'close'; readonly tabId: string }
  | { readonly kind: 'move'; readonly tabId: string; readonly position: number }
  | { readonly kind: 'pin'; readonly tabId: string; readonly isPinned: boolean }
  | { readonly kind: 'group'; readonly name: string; readonly tabIds: readonly string[] }
  | { readonly kind: 'activate'; readonly tabId: string }

/** Does it, and tells what is open then. */
export function act(nexus: Application, deed: Act): Summary {
  const { browser } = nexus
  switch (deed.kind) {
    case 'visit':
      nexus.go(deed.tabId as TabId, deed.url)
      break
    case 'open': {
      const { url } = deed
      browser.send({
        type: 'tab.open',
        url,
        isInBackground: true,
        afterTabId: deed.afterTabId as TabId | null,
      })
      break
    }
    case 'close':
      browser.send({ type: 'tab.close', tabId: deed.tabId as TabId })
      break
    case 'move':
      browser.send({ type: 'tab.move', tabId: deed.tabId as TabId, position: deed.position })
      break
    case 'pin':
      browser.send({ type: 'tab.pin', tabId: deed.tabId as TabId, isPinned: deed.isPinned })
      break
    case 'group':
      browser.send({ type: 'tabs.group', groups: [{ name: deed.name, tabs: [...deed.tabIds] }] })
      break
    case 'activate':
      browser.send({ type: 'tab.activate', tabId: deed.tabId as TabId })
      break
  }
  const { tabs, settings } = nexus.state()
  return {
    tabs: tabs.map(({ id, url, isPinned, group }) => ({ id, url, isPinned, group })),
    searchTemplate: settings.searchTemplate,
  }
}

export function summary(nexus: Application): Summary {
  const { tabs, settings } = nexus.state()
  return {
    tabs: tabs.map(({ id, url, isPinned, group }) => ({ id, url, isPinned, group })),
    searchTemplate: settings.searchTemplate,
  }
}

/** As the settings do it; true once it is on the disk. */
export async function chooseSearch(nexus: Application, searchTemplate: string): Promise<boolean> {
  try {
    const settings = await nexus.storage.saveSettings({ searchTemplate })
    nexus.browser.send({ type: 'settings.changed', settings })
    return true
  } catch {
    return false
  }
}

export async function storedSearch(nexus: Application): Promise<string> {
  return (await nexus.storage.loadSettings({})).searchTemplate
}

/** Those of these addresses that the history does not know. */
export async function missingVisits(nexus: Application, urls: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = []
  for (const url of urls) {
    const word = url.slice(url.lastIndexOf('/') + 1)
    const found = await nexus.storage.searchHistory({ query: word, limit: 20 })
    if (!found.some(entry => entry.url === url)) missing.push(url)
  }
  return missing
}

/** Listens to the lives of all processes from now on. */
export function listenToLives(nexus: Application): void {
  const heard: unknown[] = []
  Object.assign(globalThis, { entriesInTest: heard })
  nexus.parts.processes.book.onEntry(({ at, processId, kind, state }) =>
    heard.push({ at, processId, kind, state }),
  )
}

/** What was heard since the last call. */
export function takeEntries(): unknown {
  const heard: unknown = Reflect.get(globalThis, 'entriesInTest')
  return Array.isArray(heard) ? heard.splice(0) : []
}

export function known(nexus: Application): readonly KnownProcess[] {
  return nexus.parts.processes.book
    .all()
    .map(
      ({ id, kind, name, pid, state, startedAt, restarts, tabIds, site, isPrivate, isInView, priority }) => ({
        id,
        kind,
        name,
        pid,
        state,
        startedAt,
        restarts,
        tabIds,
        site,
        isPrivate,
        isInView,
        priority,
      }),
    )
}

/** By the person, as from the panel. */
export function actOn(
  nexus: Application,
  { processId, action }: { readonly processId: string; readonly action: ProcessAction },
): void {
  nexus.parts.processes.actions.act(processId, action)
}

/** Brings a service up, lets it come to the wanted state, and strikes there. Gives the pid that was struck last. */
export async function strikeService(
  nexus: Application,
  {
    name,
    moment,
    signal,
  }: { readonly name: ServiceTarget; readonly moment: ServiceMoment; readonly signal: NodeJS.Signals },
): Promise<number> {
  const { actions, book } = nexus.parts.processes
  const id = `service:${name}`
  const patienceMs = 20_000
  const upStates = ['ready', 'active', 'idle']
  const ensure = (): void => {
    if (name === 'compositor') nexus.parts.compositor.process.ensureRunning()
    else nexus.services.get(name)?.ensureRunning()
  }
  const until = async (what: string, isSo: (process: KnownProcess) => boolean): Promise<number> => {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      const found = book.find(id)
      if (found !== null && found.pid !== null && isSo(found)) return found.pid
      // It was struck so often before that it is given up now: the person restarts it, as by the notice.
      if (found?.state === 'failed') actions.act(id, 'restart')
      if (Date.now() > giveUpAt) throw new Error(`${id} did not become ${what}, but is ${found?.state}`)
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  const strike = (pid: number, how: NodeJS.Signals): number => {
    try {
      process.kill(pid, how)
    } catch {
      // Its end has not been seen yet.
    }
    return pid
  }
  if (book.find(id)?.state === 'suspended') actions.act(id, 'resume')
  ensure()
  const up = await until('ready', process => upStates.includes(process.state))
  switch (moment) {
    case 'created': {
      strike(up, 'SIGKILL')
      const next = await until('created', process => process.state === 'created' && process.pid !== up)
      return strike(next, signal)
    }
    case 'ready': {
      const ready = new Promise<number>(resolve => {
        const listening = book.onEntry((entry, process) => {
          const hasBegun = ['ready', 'active', 'idle'].includes(entry.state)
          if (entry.processId !== id || !hasBegun || process.pid === null || process.pid === up) return
          listening[Symbol.dispose]()
          resolve(strike(process.pid, signal))
        })
      })
      strike(up, 'SIGKILL')
      return ready
    }
    case 'active': {
      if (name === 'compositor') nexus.parts.compositor.process.setBusy(true)
      else if (name === 'storage') {
        for (let count = 0; count < 40; count += 1)
          nexus.storage.searchHistory({ query: `visit ${count}`, limit: 20 }).catch(() => {})
      } else if (name === 'audio')
        nexus.withService(name, () => new Promise(resolve => setTimeout(resolve, 300))).catch(() => {})
      const isBusy = (process: KnownProcess): boolean =>
        name === 'storage' || name === 'network' || process.state === 'active'
      const pid = strike(await until('active', isBusy), signal)
      if (name === 'compositor') nexus.parts.compositor.process.setBusy(false)
      return pid
    }
    case 'idle':
      return strike(
        await until('idle', process => process.state === 'idle' || process.state === 'active'),
        signal,
      )
    case 'suspended': {
      actions.act(id, 'suspend')
      const pid = await until('suspended', process => process.state === 'suspended')
      // What ends by itself has to run for it.
      if (signal !== 'SIGKILL') process.kill(pid, 'SIGCONT')
      return strike(pid, signal)
    }
    case 'restarting': {
      strike(up, signal)
      const giveUpAt = Date.now() + patienceMs
      while (book.find(id)?.pid === up && Date.now() < giveUpAt)
        await new Promise(resolve => setImmediate(resolve))
      // Somebody needs it just now.
      ensure()
      if (name !== 'compositor')
        nexus.withService(name, () => new Promise(resolve => setTimeout(resolve, 50))).catch(() => {})
      return up
    }
  }
}

/** Kills a helper of the engine; how long it took until another did its work, null when none came. */
export async function strikeHelper(
  _nexus: Application,
  { pid, type, withinMs }: { readonly pid: number; readonly type: string; readonly withinMs: number },
  { app }: Electron,
): Promise<number | null> {
  const isNext = (metric: Electron.ProcessMetric): boolean =>
    metric.pid !== pid && (metric.type === type || metric.serviceName === type || metric.name === type)
  const gone = new Promise<number>(resolve =>
    app.once('child-process-gone', () => resolve(performance.now())),
  )
  const struckAt = performance.now()
  process.kill(pid, 'SIGKILL')
  const seenAt = await Promise.race([
    gone,
    new Promise<number>(resolve => setTimeout(() => resolve(struckAt), 1_000)),
  ])
  while (performance.now() - struckAt < withinMs) {
    if (app.getAppMetrics().some(isNext)) return Math.max(0, performance.now() - seenAt)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  return null
}

/** Loads again what shows no page, as the person does by the button that is there; gives the tabs that did. */
export function reloadLost(nexus: Application): readonly string[] {
  const lost = nexus
    .state()
    .tabs.filter(({ content }) => content.kind !== 'page' && content.kind !== 'newTab')
  for (const { id, content } of lost) {
    const type = content.kind === 'unresponsive' ? 'endPage' : 'reload'
    nexus.browser.send({ type: 'tab.tell', tabId: id as TabId, event: { type } })
  }
  return lost.map(({ id, content }) => `${id} ${content.kind}`)
}

/** How many tabs the window draws; null when it does not answer. */
export async function drawnTabs(nexus: Application): Promise<number | null> {
  const { webContents } = nexus.window.chrome
  const silence = new Promise<null>(resolve => setTimeout(() => resolve(null), 2_000))
  const asked = webContents
    .executeJavaScript('document.querySelectorAll("[role=tab][id^=tab-]").length')
    .catch(() => null)
  return Promise.race([asked, silence])
}
