import type { WindowState } from '../contracts/browser.ts'
import { systemClock } from '../ipc/clock.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import type { Log } from '../ipc/log.ts'
import { AiClient, type AiClientOptions } from './analysis/ai-client.ts'
import { PageConversation } from './analysis/page-conversation.ts'
import { OmniboxReader } from './commands/omnibox-reader.ts'
import { PageJudge } from './judgement/page-judge.ts'
import { captureTab } from './looks/capture-tab.ts'
import { PageLooks } from './looks/page-looks.ts'
import { MemoryKeeper } from './memory/memory-keeper.ts'
import type { PressureState } from './processes/pressure/memory-pressure.ts'
import type { StorageClient } from './storage/storage-client.ts'
import type { TabView } from './tabs/tab-view.ts'

export interface UnderstandingOptions {
  readonly endpoint: Endpoint
  readonly storage: StorageClient
  readonly log: Log
  /** Runs work on the AI process, starting it when it does not run. */
  readonly withAi: AiClientOptions['withAi']
  /** False once the AI process was given up. */
  readonly isAiThere: () => boolean
  /** How scarce the machine's memory and its power are. */
  readonly pressure: () => PressureState
  /** Makes a tab's document reachable; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  readonly findView: (tabId: string) => TabView | null
  readonly state: () => WindowState
}

/** What main has around the AI process: every way in which pages and words are understood, each able to do without it. */
export class Understanding implements Disposable {
  readonly ai: AiClient
  readonly conversation: PageConversation
  readonly judge: PageJudge
  readonly looks: PageLooks
  readonly memory: MemoryKeeper
  readonly omnibox: OmniboxReader

  constructor(options: UnderstandingOptions) {
    const { endpoint, storage, log, withAi, isAiThere, pressure, connectTab, findView, state } = options
    const debug = (message: string): void => log({ level: 'debug', message })
    const ai = new AiClient({ endpoint, withAi })
    const looks = new PageLooks({
      endpoint,
      ai,
      storage,
      connectTab,
      capture: tabId => captureTab(findView(tabId)),
      wallClock: Date.now,
      debug,
    })
    this.ai = ai
    this.looks = looks
    this.conversation = new PageConversation({ endpoint, ai, connectTab, tabs: () => state().tabs })
    this.omnibox = new OmniboxReader({
      interpret: (text, signal) => ai.run(client => client.interpret({ text }, { signal }), { signal }),
      tabs: state,
    })
    this.memory = new MemoryKeeper({
      storage,
      ai,
      connectTab,
      onRead: (tabId, url) => void looks.keep(tabId, url),
      isAiThere,
      isOnBattery: () => pressure().isOnBattery,
      isMemoryShort: () => pressure().level !== 'none',
      clock: systemClock,
      debug,
    })
    this.judge = new PageJudge({
      endpoint,
      ai,
      storage,
      connectTab,
      resembles: (tabId, url, signal) => looks.resembles(tabId, url, signal),
      trustedSites: () => state().settings.trustedSites,
      wallClock: Date.now,
    })
  }

  [Symbol.dispose](): void {
    this.memory[Symbol.dispose]()
  }
}
