import { areaContracts } from '../../contracts/areas.ts'
import { type PageText, pageContract } from '../../contracts/page.ts'
import type { Article } from '../../contracts/reading-for-chrome.ts'
import { systemClock } from '../../ipc/clock.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { FetchingPage } from '../fetching/own-fetches.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { LinkHover } from './link-hover.ts'

/** Of an article that is worth a page of its own. */
const fewestCharacters = 1_200
const mostParagraphs = 20_000
const mostPictureCharacters = 3_000_000

/** The tab shows no page, or one without an article. */
class NothingToReadError extends IpcError {
  constructor() {
    super('NOTHING_TO_READ', 'There is no article on this page.')
  }
}

/** What main has around reading: the article of a page as plain text, and links before they are followed. */
export class ReadingPart implements Disposable {
  readonly #application: Application
  readonly #hover: LinkHover

  constructor(application: Application) {
    this.#application = application
    this.#hover = new LinkHover({
      clock: systemClock,
      isOn: () => application.browser.getSnapshot().context.settings.showsPreviews,
      fetchPreview: (url, page, signal) => application.parts.fetches.preview(url, page, signal),
      announce: hovered =>
        application.switchboard.endpoint.announce(areaContracts.reading, 'hovered', hovered),
    })
  }

  follow({ tabId, contents }: TabView): void {
    contents.on('update-target-url', (_event, url) =>
      this.#hover.over(url, { tabId, ...this.#pageOf(contents) }),
    )
  }

  serve(): Disposable {
    return this.#application.switchboard.endpoint.serve(areaContracts.reading, {
      hasArticle: async ({ tabId }, { signal }) => {
        const page = await this.#read(tabId, signal).catch(() => null)
        return { hasArticle: page !== null && isArticle(page) }
      },
      article: async ({ tabId }, { signal }) => articleOf(await this.#read(tabId, signal)),
      picture: async ({ tabId }, { signal }) => {
        const { metadata } = await this.#read(tabId, signal)
        const contents = this.#application.tabs.all().find(view => view.tabId === tabId)?.contents
        if (metadata.imageUrl === null || contents === undefined) return { dataUrl: null }
        const dataUrl = await this.#application.parts.fetches
          .picture(metadata.imageUrl, 'picture', this.#pageOf(contents), signal)
          .catch(() => null)
        return { dataUrl: dataUrl !== null && dataUrl.length <= mostPictureCharacters ? dataUrl : null }
      },
    })
  }

  [Symbol.dispose](): void {
    this.#hover[Symbol.dispose]()
  }

  #pageOf(contents: Electron.WebContents): FetchingPage {
    const session = this.#application.pageSessions.find(contents.session)
    return { url: contents.getURL(), isPrivate: session?.isPrivate !== false }
  }

  #read(tabId: string, signal: AbortSignal): Promise<PageText> {
    if (!this.#application.connectTab(tabId)) throw new NothingToReadError()
    const { endpoint } = this.#application.switchboard
    return endpoint.client(pageContract, endpointId(`tab:${tabId}`)).read({}, { signal })
  }
}

function isArticle({ paragraphs, method }: PageText): boolean {
  if (method === 'visibleText') return false
  let characters = 0
  for (const paragraph of paragraphs) characters += paragraph.length
  return paragraphs.length > 2 && characters >= fewestCharacters
}

function articleOf({ url, title, metadata, paragraphs, isCut }: PageText): Article {
  if (paragraphs.length === 0) throw new NothingToReadError()
  return {
    url,
    title,
    metadata,
    paragraphs: paragraphs.slice(0, mostParagraphs),
    isCut: isCut || paragraphs.length > mostParagraphs,
  }
}
