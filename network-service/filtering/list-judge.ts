import { Request } from '@ghostery/adblocker'
import type { FilterDecision, JudgedRequest } from '../../contracts/network-filtering.ts'
import type { CompiledLists } from './compiled-lists.ts'

/** Pages of which it is remembered whether a list excepts them whole. */
const mostKnownPages = 200
/** A page that asks to hide more than this is not helped by hiding. */
const mostCssCharacters = 900_000
const mostRuleCharacters = 2_000

const allow: FilterDecision = { kind: 'allow' }
const hidingStyle = 'display: none !important;'

/** Says what filter lists make of requests and pages. Everything that it is asked about is the word of a page. */
export class ListJudge {
  readonly #compiled: CompiledLists
  /** The rule that excepts a page with all that it asks for, null where there is none. */
  readonly #exceptedPages = new Map<string, FilterDecision | null>()

  constructor(compiled: CompiledLists) {
    this.#compiled = compiled
  }

  decide(judged: JudgedRequest): FilterDecision {
    const request = Request.fromRawDetails({ url: judged.url, sourceUrl: judged.source, type: judged.kind })
    const { match, filter, exception, redirect } = this.#compiled.engine.match(request)
    if (exception !== undefined && filter !== undefined) {
      return { kind: 'except', ...this.#named(exception) }
    }
    if (!match || filter === undefined) return allow
    const excepted = this.#exceptionOf(judged.page)
    if (excepted !== null) return excepted
    const named = this.#named(filter)
    return redirect === undefined
      ? { kind: 'block', ...named }
      : { kind: 'redirect', ...named, to: redirect.dataUrl }
  }

  /** A stylesheet for a page; `classes` and `ids` are those that the page has. */
  hiding(page: string, isNew: boolean, classes: readonly string[], ids: readonly string[]): string {
    if (!URL.canParse(page)) return ''
    const { url, hostname, domain } = Request.fromRawDetails({
      url: page,
      sourceUrl: page,
      type: 'mainFrame',
    })
    if (hostname === '' || this.#exceptionOf(page) !== null) return ''
    const { styles } = this.#compiled.engine.getCosmeticsFilters({
      url,
      hostname,
      domain,
      classes: [...classes],
      ids: [...ids],
      hrefs: [],
      getBaseRules: isNew,
      getRulesFromHostname: isNew,
      getRulesFromDOM: classes.length + ids.length > 0,
      getInjectionRules: false,
      getExtendedRules: false,
      hidingStyle,
    })
    return styles.length > mostCssCharacters ? '' : styles
  }

  /** `@@…$document` excepts a page and everything on it. */
  #exceptionOf(page: string): FilterDecision | null {
    const known = this.#exceptedPages.get(page)
    if (known !== undefined) return known
    const request = Request.fromRawDetails({ url: page, sourceUrl: page, type: 'mainFrame' })
    const rule = this.#compiled.engine.exceptions
      .matchAll(request, () => false)
      .find(filter => filter.isException() && !filter.fromAny() && filter.fromDocument())
    const decision: FilterDecision | null =
      rule === undefined ? null : { kind: 'except', ...this.#named(rule) }
    const [oldest] = this.#exceptedPages.keys()
    if (oldest !== undefined && this.#exceptedPages.size >= mostKnownPages) this.#exceptedPages.delete(oldest)
    this.#exceptedPages.set(page, decision)
    return decision
  }

  #named(filter: { toString(): string; getId(): number }): { rule: string; list: string } {
    const id = filter.getId()
    return {
      rule: filter.toString().slice(0, mostRuleCharacters),
      list: this.#compiled.lists.find(({ ids }) => ids.has(id))?.name ?? '',
    }
  }
}
