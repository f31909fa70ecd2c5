import { identity } from '../../ipc/identity.ts'
import { rendererTarget } from '../../ipc/target.ts'
import type { TabId } from '../controller/tab-model.ts'
import { siteOf } from '../tabs/site.ts'
import type { TabView } from '../tabs/tab-view.ts'
import type { Switchboard } from './switchboard.ts'

/**
 * Connects the preload of a tab when somebody has to speak to its page, and not before: a page that nobody reads has no
 * port. The connection belongs to one document and ends with it.
 */
export class TabConnections {
  readonly #switchboard: Switchboard
  readonly #admissions = new Map<TabId, Disposable>()

  constructor(switchboard: Switchboard) {
    this.#switchboard = switchboard
  }

  connect(view: TabView): void {
    if (this.#admissions.has(view.tabId)) return
    const url = view.contents.getURL()
    const target = rendererTarget(identity(`tab:${view.tabId}`, 'tab'), view.contents.id, {
      url,
      site: siteOf(url),
      pid: view.pid,
    })
    const admission = this.#switchboard.admit(target, (introduction, port) => {
      // `mainFrame` of a view that is being destroyed throws: https://github.com/minbrowser/min/issues/2052
      if (!view.contents.isDestroyed()) view.mainFrame.postMessage('nexus/introduction', introduction, [port])
    })
    this.#admissions.set(view.tabId, admission)
  }

  forget(tabId: TabId): void {
    this.#admissions.get(tabId)?.[Symbol.dispose]()
    this.#admissions.delete(tabId)
  }
}
