import { browserContract } from '../../contracts/browser.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { type DomMessagePort, domPort } from '../../ipc/transports/dom-port.ts'
import type { BrowserArgs, BrowserMethod, BrowserResult } from '../system/browser-link.ts'
import type { FixtureLink } from './fixture-link.ts'

const chrome = identity('chrome:1', 'chrome')
const controller = identity('controller', 'controller')

/** What main says to the chrome UI along with its port. */
export const introduction = { kind: 'nexus/introduction', peer: controller, channel: 1, self: chrome }

type Handlers = { readonly [M in BrowserMethod]: (args: BrowserArgs<M>) => Promise<BrowserResult<M>> }

/** Puts a made-up controller behind a real port, so that the real link, the real messages and their checks are used. */
export function serveFixture(fixture: FixtureLink, port: DomMessagePort): Endpoint {
  const endpoint = createEndpoint({ identity: controller })
  const handlers: Handlers = {
    state: args => fixture.call('state', args),
    newTab: args => fixture.call('newTab', args),
    closeTab: args => fixture.call('closeTab', args),
    activateTab: args => fixture.call('activateTab', args),
    moveTab: args => fixture.call('moveTab', args),
    reopenTab: args => fixture.call('reopenTab', args),
    go: args => fixture.call('go', args),
    readInput: args => fixture.call('readInput', args),
    runCommand: args => fixture.call('runCommand', args),
    goBack: args => fixture.call('goBack', args),
    goForward: args => fixture.call('goForward', args),
    reload: args => fixture.call('reload', args),
    stop: args => fixture.call('stop', args),
    endPage: args => fixture.call('endPage', args),
    waitForPage: args => fixture.call('waitForPage', args),
    sleepTab: args => fixture.call('sleepTab', args),
    keepTabAwake: args => fixture.call('keepTabAwake', args),
    analyze: args => fixture.call('analyze', args),
    trustSite: args => fixture.call('trustSite', args),
    cancelAnalysis: args => fixture.call('cancelAnalysis', args),
    markPassages: args => fixture.call('markPassages', args),
    askPage: args => fixture.call('askPage', args),
    groupTabs: args => fixture.call('groupTabs', args),
    looksLike: args => fixture.call('looksLike', args),
    organiseTabs: args => fixture.call('organiseTabs', args),
    setPageArea: args => fixture.call('setPageArea', args),
    dismissNotice: args => fixture.call('dismissNotice', args),
    saveSettings: args => fixture.call('saveSettings', args),
    suggestPages: args => fixture.call('suggestPages', args),
    searchHistory: args => fixture.call('searchHistory', args),
    searchMemory: args => fixture.call('searchMemory', args),
    relatedPages: args => fixture.call('relatedPages', args),
    readNext: args => fixture.call('readNext', args),
    remembered: args => fixture.call('remembered', args),
    forgetPage: args => fixture.call('forgetPage', args),
    forgetAll: args => fixture.call('forgetAll', args),
    watchProcesses: args => fixture.call('watchProcesses', args),
    unwatchProcesses: args => fixture.call('unwatchProcesses', args),
    watchMessages: args => fixture.call('watchMessages', args),
    unwatchMessages: args => fixture.call('unwatchMessages', args),
    windowControl: args => fixture.call('windowControl', args),
  }
  endpoint.serve(browserContract, handlers)
  fixture.areas.serve(endpoint)
  fixture.subscribe(() => {
    const snapshot = fixture.snapshot()
    if (snapshot.kind === 'connected') endpoint.announce(browserContract, 'stateChanged', snapshot.state)
    else endpoint[Symbol.dispose]()
  })
  fixture.onProcesses(tree => endpoint.announce(browserContract, 'processesSampled', tree))
  fixture.onMessages(traffic => endpoint.announce(browserContract, 'messagesSampled', traffic))
  fixture.onShortcut(shortcut => endpoint.announce(browserContract, 'shortcut', shortcut))
  endpoint.connect(domPort(port), chrome)
  return endpoint
}
