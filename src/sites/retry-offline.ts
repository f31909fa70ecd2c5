import type { Application } from '../application.ts'

/** Loads again what was not loaded because there was no network. */
export function retryOffline(browser: Application['browser']): void {
  for (const tab of browser.getSnapshot().context.tabs) {
    const { value, context } = tab.ref.getSnapshot()
    if (value.page === 'problem' && context.problem?.kind === 'offline') {
      browser.send({ type: 'tab.tell', tabId: tab.id, event: { type: 'reload' } })
    }
  }
}
