import { browserContract } from '../../contracts/browser.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import type { Application } from '../application.ts'
import type { TabId, TabIntent } from '../controller/tab-model.ts'
import { UnknownTabError } from './browser-errors.ts'

/** As many as the setting holds; the oldest make room. */
const mostTrustedSites = 1_000

/** Serves the chrome UI: turns each intent into an event of the machines, after checking what it names. */
export function serveBrowser(endpoint: Endpoint, application: Application): Disposable {
  const { browser } = application

  function tabOf(tabId: string): TabId {
    const tab = browser.getSnapshot().context.tabs.find(one => one.id === tabId)
    if (tab === undefined) throw new UnknownTabError(tabId)
    return tab.id
  }
  function tell(tabId: string, event: TabIntent): Record<never, never> {
    browser.send({ type: 'tab.tell', tabId: tabOf(tabId), event })
    return {}
  }

  return endpoint.serve(browserContract, {
    state: () => application.state(),
    newTab: ({ input }) => {
      application.openFromInput(input)
      return {}
    },
    closeTab: ({ tabId }) => {
      browser.send({ type: 'tab.close', tabId: tabOf(tabId) })
      return {}
    },
    activateTab: ({ tabId }) => {
      browser.send({ type: 'tab.activate', tabId: tabOf(tabId) })
      return {}
    },
    moveTab: ({ tabId, position }) => {
      browser.send({ type: 'tab.move', tabId: tabOf(tabId), position })
      return {}
    },
    reopenTab: () => {
      browser.send({ type: 'tab.reopen' })
      return {}
    },
    go: ({ tabId, input }) => {
      application.go(tabOf(tabId), input)
      return {}
    },
    readInput: ({ input }, call) => application.understanding.omnibox.read(input, call.signal),
    runCommand: async ({ command }) => {
      await application.commands.run(command)
      return {}
    },
    goBack: ({ tabId }) => tell(tabId, { type: 'goBack' }),
    goForward: ({ tabId }) => tell(tabId, { type: 'goForward' }),
    reload: ({ tabId }) => tell(tabId, { type: 'reload' }),
    stop: ({ tabId }) => tell(tabId, { type: 'stop' }),
    endPage: ({ tabId }) => tell(tabId, { type: 'endPage' }),
    waitForPage: ({ tabId }) => tell(tabId, { type: 'waitForPage' }),
    sleepTab: async ({ tabId }) => {
      await application.parts.suspension.sleep(tabOf(tabId))
      return {}
    },
    keepTabAwake: ({ tabId, isKeptAwake }) => tell(tabId, { type: 'keepAwake', isKeptAwake }),
    analyze: ({ tabId }) => tell(tabId, { type: 'analyze' }),
    cancelAnalysis: ({ tabId }) => tell(tabId, { type: 'cancelAnalysis' }),
    trustSite: async ({ tabId }, call) => {
      const tab = tabOf(tabId)
      const { site = null, isPrivate = true } = application.state().tabs.find(one => one.id === tab) ?? {}
      // That the person knows a site would tell where they were: for a private tab it holds only as long as the page.
      if (site !== null && !isPrivate) {
        const { trustedSites } = browser.getSnapshot().context.settings
        const kept = [...trustedSites.filter(one => one !== site), site].slice(-mostTrustedSites)
        const settings = await application.storage.saveSettings({ trustedSites: kept }, { within: call })
        browser.send({ type: 'settings.changed', settings })
      }
      return tell(tabId, { type: 'trustSite' })
    },
    markPassages: ({ tabId, passages, current }, call) =>
      application.understanding.conversation.mark(tabOf(tabId), { passages, current }, call),
    askPage: ({ tabId, question }, call) =>
      application.understanding.conversation.ask(tabOf(tabId), question, call),
    groupTabs: ({ groups }) => {
      browser.send({ type: 'tabs.group', groups })
      return {}
    },
    looksLike: ({ url }) => application.understanding.looks.similar(url),
    organiseTabs: (_args, call) => application.understanding.conversation.organise(call),
    setPageArea: ({ area }) => {
      application.window.setPageArea(area)
      return {}
    },
    dismissNotice: ({ id }) => {
      browser.send({ type: 'notice.dismiss', id })
      return {}
    },
    saveSettings: async (changes, call) => {
      const settings = await application.storage.saveSettings(changes, { within: call })
      browser.send({ type: 'settings.changed', settings })
      return {}
    },
    suggestPages: (args, call) => application.storage.suggest(args, { within: call }),
    searchHistory: (query, call) => application.storage.searchHistory(query, { within: call }),
    searchMemory: ({ query, limit }, call) => application.understanding.memory.search(query, limit, call),
    relatedPages: ({ url, limit }, call) => application.understanding.memory.related(url, limit, call),
    readNext: ({ url, limit }, call) => application.understanding.memory.readNext(url, limit, call),
    remembered: ({ url }) => application.understanding.memory.remembered(url),
    forgetPage: ({ url, withHistory }) => application.understanding.memory.forget(url, withHistory),
    forgetAll: ({ withHistory }) => application.understanding.memory.forgetAll(withHistory),
    watchProcesses: (_args, call) => {
      application.sampler.watch(call.peer.id)
      return {}
    },
    unwatchProcesses: (_args, call) => {
      application.sampler.unwatch(call.peer.id)
      return {}
    },
    watchMessages: (_args, call) => {
      application.messages.watch(call.peer.id)
      return {}
    },
    unwatchMessages: (_args, call) => {
      application.messages.unwatch(call.peer.id)
      return {}
    },
    windowControl: ({ action }) => {
      const { window } = application.window
      switch (action) {
        case 'minimize':
          window.minimize()
          return {}
        case 'toggleMaximize':
          if (window.isMaximized()) window.unmaximize()
          else window.maximize()
          return {}
        case 'close':
          window.close()
          return {}
      }
    },
  })
}
