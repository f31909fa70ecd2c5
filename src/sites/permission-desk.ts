import type { PermissionAnswer, PermissionQuestion, SitePermission } from '../../contracts/sites.ts'
import type { Clock } from '../../ipc/clock.ts'
import { isLoopback } from '../tabs/site.ts'
import { siteOfUrl } from './hosts.ts'
import { permissionRules } from './permission-table.ts'
import type { SiteBook } from './site-book.ts'

/** A question must have been there for so long before anything but a refusal is taken for its answer. */
export const leastReadingMs = 500
/** Questions of one page that wait at once; more are refused. */
const mostWaiting = 3

export interface PermissionDeskOptions {
  readonly clock: Clock
  readonly makeId: () => string
  /** Something changed that the chrome UI draws. */
  readonly onChanged: () => void
  /** A question begins to wait for its answer, first in its page. */
  readonly onAsked: (contentsId: number) => void
}

/** The page that asks. */
export interface AskingPage {
  readonly contentsId: number
  /** Of the main frame. */
  readonly url: string
  readonly isPrivate: boolean
  readonly book: SiteBook
}

interface Waiting {
  readonly question: PermissionQuestion
  readonly undecided: readonly SitePermission[]
  readonly book: SiteBook
  readonly answered: (isAllowed: boolean) => void
  /** Since when it is the first of its page. */
  shownAt: number | null
}

interface Page {
  readonly contentsId: number
  site: string | null
  readonly waiting: Waiting[]
  /** Allowed to this document; for the chip at the omnibox. */
  readonly granted: Set<SitePermission>
  /** Allowed until the tab leaves the site. */
  readonly visit: Set<SitePermission>
  /** "Not now": not asked again before the page is loaded again. */
  readonly refused: Set<SitePermission>
}

/**
 * Where pages ask for permissions: decides by what was said before, or puts the question to the person. A frame of another
 * site is refused, for the person sees the address of the page alone; so is a page that came without encryption.
 */
export class PermissionDesk {
  readonly #options: PermissionDeskOptions
  readonly #pages = new Map<number, Page>()

  constructor(options: PermissionDeskOptions) {
    this.#options = options
  }

  /** A frame asks; resolves with the answer, once there is one. `origin` is the frame's. */
  request(page: AskingPage, origin: string, permissions: readonly SitePermission[]): Promise<boolean> {
    const site = siteOfUrl(page.url)
    if (site === null || siteOfUrl(origin) !== site) return Promise.resolve(false)
    const state = this.#page(page.contentsId, site)
    const undecided: SitePermission[] = []
    for (const permission of permissions) {
      const decided = decide(page, origin, site, state, permission)
      if (decided === false) return Promise.resolve(false)
      if (decided === null) undecided.push(permission)
    }
    if (undecided.length === 0) {
      this.#grant(state, permissions)
      return Promise.resolve(true)
    }
    if (state.waiting.length >= mostWaiting) return Promise.resolve(false)
    return new Promise(resolve => {
      const waiting: Waiting = {
        question: {
          id: this.#options.makeId(),
          site,
          permissions: undecided,
          mayRemember: !page.isPrivate,
        },
        undecided,
        book: page.book,
        answered: isAllowed => {
          if (isAllowed) this.#grant(state, permissions)
          resolve(isAllowed)
        },
        shownAt: null,
      }
      state.waiting.push(waiting)
      this.#showFirst(state)
    })
  }

  /** Whether it is allowed now, without asking; for the engine's own checks. `contentsId` null: a worker asks. */
  isAllowed(
    page: Omit<AskingPage, 'contentsId'> & { contentsId: number | null },
    origin: string,
    permission: SitePermission,
  ): boolean {
    const site = siteOfUrl(page.url)
    if (site === null || siteOfUrl(origin) !== site) return false
    const state = page.contentsId === null ? null : this.#pages.get(page.contentsId)
    return decide(page, origin, site, state?.site === site ? state : null, permission) === true
  }

  /** What a page asks now; null for nothing. */
  question(contentsId: number): PermissionQuestion | null {
    return this.#pages.get(contentsId)?.waiting[0]?.question ?? null
  }

  granted(contentsId: number): SitePermission[] {
    return [...(this.#pages.get(contentsId)?.granted ?? [])]
  }

  /** False where there is no such question (any more), or it was not there long enough to be read. */
  answer(contentsId: number, questionId: string, answer: PermissionAnswer): boolean {
    const page = this.#pages.get(contentsId)
    const first = page?.waiting[0]
    if (page === undefined || first === undefined || first.question.id !== questionId) return false
    const shownFor = this.#options.clock.now() - (first.shownAt ?? Number.POSITIVE_INFINITY)
    if (answer !== 'notNow' && shownFor < leastReadingMs) return false
    const isKept = answer === 'always' || answer === 'never'
    if (isKept && !first.question.mayRemember) return false
    page.waiting.shift()
    for (const permission of first.undecided) {
      if (answer === 'always') first.book.decide(first.question.site, permission, true)
      if (answer === 'never') first.book.decide(first.question.site, permission, false)
      if (answer === 'visit') page.visit.add(permission)
      if (answer === 'notNow') page.refused.add(permission)
    }
    first.answered(answer === 'once' || answer === 'visit' || answer === 'always')
    this.#showFirst(page)
    return true
  }

  /** A new document is there: nobody waits for the old one's answers, and what was allowed once is over. */
  navigated(contentsId: number, url: string): void {
    const page = this.#pages.get(contentsId)
    if (page === undefined) return
    this.#refuseAll(page)
    page.granted.clear()
    page.refused.clear()
    const site = siteOfUrl(url)
    if (site !== page.site) page.visit.clear()
    page.site = site
    this.#options.onChanged()
  }

  closed(contentsId: number): void {
    const page = this.#pages.get(contentsId)
    if (page === undefined) return
    this.#pages.delete(contentsId)
    this.#refuseAll(page)
  }

  #page(contentsId: number, site: string): Page {
    const known = this.#pages.get(contentsId)
    if (known !== undefined) return known
    const page: Page = {
      contentsId,
      site,
      waiting: [],
      granted: new Set(),
      visit: new Set(),
      refused: new Set(),
    }
    this.#pages.set(contentsId, page)
    return page
  }

  #grant(page: Page, permissions: readonly SitePermission[]): void {
    for (const permission of permissions) {
      if (permissionRules[permission].kind === 'ask') page.granted.add(permission)
    }
    this.#options.onChanged()
  }

  #showFirst(page: Page): void {
    const [first] = page.waiting
    if (first !== undefined && first.shownAt === null) {
      first.shownAt = this.#options.clock.now()
      this.#options.onAsked(page.contentsId)
    }
    this.#options.onChanged()
  }

  #refuseAll(page: Page): void {
    for (const waiting of page.waiting.splice(0)) waiting.answered(false)
  }
}

/** Null where the person is to be asked. */
function decide(
  page: Pick<AskingPage, 'book'>,
  origin: string,
  site: string,
  state: Page | null,
  permission: SitePermission,
): boolean | null {
  const said = page.book.permission(site, permission)
  if (permissionRules[permission].kind === 'grant') return said !== false
  if (!isTrustworthy(origin) || said === false) return false
  if (said === true || state?.visit.has(permission)) return true
  return state?.refused.has(permission) ? false : null
}

/** What nobody on the way can have changed. */
function isTrustworthy(origin: string): boolean {
  const parsed = URL.parse(origin)
  return parsed !== null && (parsed.protocol === 'https:' || isLoopback(parsed.hostname))
}
