import { clipboard, session } from 'electron'
import { browserContract } from '../../contracts/browser.ts'
import type { Application } from '../application.ts'
import type { TabView } from '../tabs/tab-view.ts'
import type { CommandHands, PageHands } from './command-runner.ts'

/** Zoom levels are powers of this; at 0 a page has its own size. */
const zoomBase = 1.2

/** Carries commands out on the running browser. */
export function commandHands(application: Application): CommandHands {
  return {
    send: event => application.browser.send(event),
    tabs: () => {
      const { tabs, activeTabId } = application.browser.getSnapshot().context
      const open = tabs.filter(tab => !tab.isEphemeral)
      return { tabs: open.map(tab => ({ id: tab.id, url: tab.ref.getSnapshot().context.url })), activeTabId }
    },
    page: tabId => {
      const view = application.tabs.find(tabId)
      return view === null ? null : pageHands(application, view)
    },
    show: part => {
      application.window.focusChrome()
      application.switchboard.endpoint.announce(browserContract, 'shortcut', part)
    },
    saveTheme: async theme => {
      const settings = await application.storage.saveSettings({ theme })
      application.browser.send({ type: 'settings.changed', settings })
    },
    copyText: text => void clipboard.writeText(text),
    clearHistory: async () => {
      await application.understanding.memory.forgetAll(true)
    },
    clearCookies: () => session.defaultSession.clearStorageData({ storages: ['cookies'] }),
    clearCache: () => session.defaultSession.clearCache(),
    setFullScreen: isFullScreen => application.window.window.setFullScreen(isFullScreen),
    notify: notice => application.notify(notice),
    quit: () => application.quit(),
  }
}

function pageHands(application: Application, { contents }: TabView): PageHands {
  return {
    zoomLevel: () => contents.getZoomLevel(),
    setZoomLevel: level => application.parts.sites.setZoom(contents, zoomBase ** level),
    setMuted: isMuted => contents.setAudioMuted(isMuted),
    reloadFresh: () => contents.reloadIgnoringCache(),
    print: () =>
      new Promise(resolve => {
        contents.print({}, (isPrinted, reason) =>
          resolve(isPrinted || reason === 'cancelled' ? null : reason),
        )
      }),
  }
}
