import type { BrowserMethod } from './browser-link.ts'

/** How a failed intent is named in the notice: "Nexus could not reload the page". */
export function intentWords(method: BrowserMethod): string {
  switch (method) {
    case 'newTab':
      return 'open a tab'
    case 'closeTab':
      return 'close the tab'
    case 'activateTab':
      return 'show the tab'
    case 'moveTab':
      return 'move the tab'
    case 'reopenTab':
      return 'reopen the closed tab'
    case 'go':
      return 'open the address'
    case 'readInput':
      return 'read what was typed'
    case 'runCommand':
      return 'do it'
    case 'goBack':
      return 'go back'
    case 'goForward':
      return 'go forward'
    case 'reload':
      return 'reload the page'
    case 'stop':
      return 'stop loading'
    case 'endPage':
      return 'end the page'
    case 'waitForPage':
      return 'wait for the page'
    case 'sleepTab':
      return 'put the tab to sleep'
    case 'keepTabAwake':
      return 'keep the tab awake'
    case 'analyze':
      return 'analyse the page'
    case 'trustSite':
      return 'remember that you know the site'
    case 'cancelAnalysis':
      return 'stop the analysis'
    case 'markPassages':
      return 'mark the passages'
    case 'askPage':
      return 'ask the page'
    case 'groupTabs':
      return 'group the tabs'
    case 'looksLike':
      return 'find pages that look like this'
    case 'organiseTabs':
      return 'organise the tabs'
    case 'setPageArea':
      return 'place the page in the window'
    case 'dismissNotice':
      return 'dismiss the notice'
    case 'saveSettings':
      return 'save the setting'
    case 'suggestPages':
      return 'suggest pages'
    case 'searchHistory':
      return 'search your history'
    case 'searchMemory':
      return 'search what you have read'
    case 'relatedPages':
      return 'find related pages'
    case 'readNext':
      return 'find what to read next'
    case 'remembered':
      return 'read what is stored about the page'
    case 'forgetPage':
      return 'forget the page'
    case 'forgetAll':
      return 'forget what was read'
    case 'watchProcesses':
      return 'watch the processes'
    case 'unwatchProcesses':
      return 'stop watching the processes'
    case 'watchMessages':
      return 'watch the messages'
    case 'unwatchMessages':
      return 'stop watching the messages'
    case 'windowControl':
      return 'change the window'
    case 'state':
      return 'read the state of the window'
  }
}
