import type { Application } from '../../application.ts'
import type { TabId } from '../../controller/tab-model.ts'
import type { KnownProcess } from '../book/known-process.ts'
import { endProcess } from '../end-process.ts'
import type { ChromeSupervisor } from '../supervision/chrome-supervisor.ts'
import { stoppedWords } from '../supervision/policies.ts'
import type { ServiceSupervisor } from '../supervision/service-supervisor.ts'
import { PageHands } from './page-hands.ts'
import type { ActionHands } from './process-actions.ts'

const nothing = (): void => {}

/** The hands for every kind of process of the running browser. */
export class Hands implements Disposable {
  readonly #application: Application
  readonly #pages: PageHands
  readonly #chrome: () => ChromeSupervisor | null

  constructor(
    application: Application,
    book: ConstructorParameters<typeof PageHands>[0]['book'],
    chrome: () => ChromeSupervisor | null,
  ) {
    this.#application = application
    this.#chrome = chrome
    this.#pages = new PageHands({
      book,
      tell: (tabId, event) => application.browser.send({ type: 'tab.tell', tabId: tabId as TabId, event }),
      endPage: tabId => this.#endPage(tabId as TabId),
      kill: endProcess,
    })
  }

  of(process: KnownProcess): ActionHands {
    switch (process.kind) {
      case 'tab':
        return process.id.startsWith('frame:') ? byForce : this.#pages
      case 'chrome':
        return { ...byForce, restart: () => this.#chrome()?.restart() }
      case 'compositor':
        return { ...byForce, restart: () => this.#application.parts.compositor.process.restart() }
      case 'storage':
      case 'network':
      case 'ai':
      case 'audio':
        return this.#service(process)
      case 'gpu':
      case 'engine':
      case 'controller':
        return byForce
    }
  }

  [Symbol.dispose](): void {
    this.#pages[Symbol.dispose]()
  }

  #service({ kind }: KnownProcess): ActionHands {
    const service = [...this.#application.services.values()].find(
      ({ definition }) => definition.kind === kind,
    )
    if (service === undefined) return byForce
    return {
      end: () => this.#end(service),
      suspend: () => service.suspend(),
      resume: () => service.resume(),
      restart: () => service.restart(),
    }
  }

  #end(service: ServiceSupervisor): void {
    const { name, title, kind, start } = service.definition
    service.endInOrder(false)
    if (start !== 'withBrowser') return
    this.#application.notify({ id: `service:${name}`, tone: 'info', message: stoppedWords(title, kind) })
  }

  #endPage(tabId: TabId): boolean {
    const view = this.#application.tabs.find(tabId)
    if (view === null || view.pid === null) return false
    view.endProcess()
    return true
  }
}

/** For what can only be ended, and comes back by itself where it does. */
const byForce: ActionHands = {
  end: ({ pid }) => {
    if (pid !== null) endProcess(pid)
  },
  suspend: nothing,
  resume: nothing,
  restart: ({ pid }) => {
    if (pid !== null) endProcess(pid)
  },
}
