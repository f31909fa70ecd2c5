import { browserContract } from '../../contracts/browser.ts'
import type { Application } from '../application.ts'
import { readShortcut } from './shortcuts.ts'

/**
 * Acts on a key before a tab's page sees it. Keys pressed in the chrome UI do not come here: it handles the same ones
 * in its own document.
 */
export function answerShortcut(application: Application, event: Electron.Event, input: Electron.Input): void {
  if (input.type !== 'keyDown') return
  const meaning = readShortcut({
    key: input.key,
    control: process.platform === 'darwin' ? input.meta : input.control,
    shift: input.shift,
    alt: input.alt,
  })
  if (meaning === null) return
  event.preventDefault()
  const { browser } = application
  const { tabs, activeTabId } = browser.getSnapshot().context
  switch (meaning.kind) {
    case 'ui':
      if (meaning.name !== 'toggleProcesses' && meaning.name !== 'analyze') application.window.focusChrome()
      application.switchboard.endpoint.announce(browserContract, 'shortcut', meaning.name)
      return
    case 'browser':
      browser.send(meaning.event)
      return
    case 'activeTab':
      if (activeTabId === null) return
      if (meaning.intent === 'close') browser.send({ type: 'tab.close', tabId: activeTabId })
      else browser.send({ type: 'tab.tell', tabId: activeTabId, event: { type: meaning.intent } })
      return
    case 'zoom':
      if (activeTabId !== null) application.parts.sites.zoom(activeTabId, meaning.to)
      return
    case 'step': {
      const position = tabs.findIndex(tab => tab.id === activeTabId)
      const next = tabs[(position + meaning.by + tabs.length) % tabs.length]
      if (next !== undefined) browser.send({ type: 'tab.activate', tabId: next.id })
      return
    }
    case 'position': {
      // As in other browsers, 9 means the last tab.
      const chosen = meaning.position === 8 ? tabs.at(-1) : tabs[meaning.position]
      if (chosen !== undefined) browser.send({ type: 'tab.activate', tabId: chosen.id })
      return
    }
  }
}
