import type { OrganisedTabs, PageAnswer } from '../../contracts/ai.ts'
import type { TabState } from '../../contracts/browser.ts'
import { pageContract } from '../../contracts/page.ts'
import type { ArgsOf, ResultOf } from '../../ipc/contract.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { AiClient } from './ai-client.ts'

type MarkMethod = (typeof pageContract)['methods']['mark']

export interface PageConversationOptions {
  readonly endpoint: Endpoint
  readonly ai: AiClient
  /** Makes the tab's document reachable; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  /** All open tabs, in their order. */
  readonly tabs: () => readonly TabState[]
}

/** Whoever asks through the chrome UI may take the question back. */
interface Asking {
  readonly signal: AbortSignal
}

/** The tab shows no page that could be asked or marked. */
class NoPageError extends IpcError {
  constructor() {
    super('NOTHING_TO_READ', 'This tab shows no page. Open one and try again.')
  }
}

/** What a person asks of pages besides reading them: where something stands, what they say to a question, what belongs together. */
export class PageConversation {
  readonly #options: PageConversationOptions

  constructor(options: PageConversationOptions) {
    this.#options = options
  }

  /** Rejects with NOTHING_TO_READ, and as `page.mark`. */
  async mark(tabId: string, args: ArgsOf<MarkMethod>, { signal }: Asking): Promise<ResultOf<MarkMethod>> {
    this.#connect(tabId)
    return this.#options.endpoint.client(pageContract, endpointId(`tab:${tabId}`)).mark(args, { signal })
  }

  /** Rejects with NOTHING_TO_READ, AI_UNAVAILABLE, and as `ai.ask`. */
  ask(tabId: string, question: string, { signal }: Asking): Promise<PageAnswer> {
    return this.#options.ai.run(ai => ai.ask({ tab: `tab:${tabId}`, question }, { signal }), {
      signal,
      prepare: () => this.#connect(tabId),
    })
  }

  /** Rejects with AI_UNAVAILABLE, and as `ai.organise`. */
  organise({ signal }: Asking): Promise<OrganisedTabs> {
    const tabs = this.#options.tabs().flatMap(({ id, title, url, content, analysis }) => {
      if (content.kind !== 'page') return []
      return [{ id, title, url, text: analysis.kind === 'done' ? gistOf(analysis.analysis) : '' }]
    })
    return this.#options.ai.run(ai => ai.organise({ tabs }, { signal }), { signal })
  }

  #connect(tabId: string): void {
    if (!this.#options.connectTab(tabId)) throw new NoPageError()
  }
}

/** What an analysis says of a page in a few words. */
function gistOf({ keywords, summary }: Extract<TabState['analysis'], { kind: 'done' }>['analysis']): string {
  return [...keywords.map(({ phrase }) => phrase), ...summary.map(({ text }) => text)]
    .join('. ')
    .slice(0, 20_000)
}
