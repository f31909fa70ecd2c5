import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { TabViewsOptions } from '../windows/tab-views.ts'
import { warmCount } from './warm-count.ts'

/** When the browser keeps pages that wait for a tab, and how many. */
export function warmTabs(application: Application): TabViewsOptions['warm'] {
  const { pressure } = application.parts.processes
  pressure.onDidChange(() => application.tabs.warm.follow())
  return {
    wanted: () => {
      const { level, isOnBattery, reading } = pressure
      const isOn = application.browser.getSnapshot().context.settings.warmsTabs
      return warmCount({ isOn, level, isOnBattery, reading })
    },
    isBusy: () => {
      const { tabs, activeTabId } = application.browser.getSnapshot().context
      return tabs.find(tab => tab.id === activeTabId)?.ref.getSnapshot().context.isLoading === true
    },
    onChange: () => application.parts.processes.follow(),
    clock: systemClock,
    debug: message => application.log({ level: 'debug', message }),
  }
}
