import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'
import { Fingerprint } from './site-security.ts'
import {
  ClearSpan,
  ConnectionDetails,
  PermissionAnswer,
  SiteCookie,
  SiteDataKind,
  SiteName,
  SitePermission,
  SitesOverview,
  SitesState,
} from './sites.ts'
import { SiteChoices } from './storage-sites.ts'

const nothing = Type.Object({})
const TabId = Type.String({ maxLength: 100 })
const chrome = roles('chrome')
const intent = { result: nothing, callers: chrome, deadlineMs: 5_000, idempotent: false } as const
const question = { callers: chrome, deadlineMs: 10_000, idempotent: true } as const
/** Clearing waits for the engine, which waits for its disk. */
const clearing = { callers: chrome, deadlineMs: 60_000, idempotent: true } as const
const kinds = Type.Array(SiteDataKind, { minItems: 1, maxItems: 10 })

/** What is said, kept and allowed for each site. Served by the controller, which looks again at all that is named here. */
export const sitesViewContract = defineContract('sitesView', {
  methods: {
    /** The state now; later states arrive as `changed`. */
    state: method({ ...question, args: nothing, result: SitesState }),
    /**
     * Loads the page of a tab that shows a certificate error all the same, in this run of the browser. Only for the very
     * certificate that was shown, and not where `mayContinue` says no.
     */
    continueUnproven: method({ ...intent, args: Type.Object({ tabId: TabId, fingerprint: Fingerprint }) }),
    /** Loads the page of a tab that shows `insecureOnly` without encryption: for this run, or for good. */
    allowInsecure: method({ ...intent, args: Type.Object({ tabId: TabId, isAlways: Type.Boolean() }) }),
    connection: method({ ...question, args: Type.Object({ tabId: TabId }), result: ConnectionDetails }),
    /** Answers sooner than half a second after the question came are not taken, except that it is refused. */
    answerPermission: method({
      ...intent,
      args: Type.Object({
        tabId: TabId,
        questionId: Type.String({ maxLength: 100 }),
        answer: PermissionAnswer,
      }),
    }),
    /** Null asks again. */
    setPermission: method({
      ...intent,
      args: Type.Object({
        site: SiteName,
        permission: SitePermission,
        isAllowed: Type.Union([Type.Boolean(), Type.Null()]),
      }),
      idempotent: true,
    }),
    zoom: method({
      ...intent,
      args: Type.Object({
        tabId: TabId,
        to: Type.Union([Type.Literal('in'), Type.Literal('out'), Type.Literal('reset')]),
      }),
    }),
    /** Everything that sites keep. `query` is a part of a site's name. Walks the profile's folders. */
    overview: method({
      ...clearing,
      args: Type.Object({ query: Type.String({ maxLength: 300, sensitive: true }) }),
      result: SitesOverview,
    }),
    cookies: method({
      ...question,
      args: Type.Object({ site: SiteName }),
      result: Type.Array(SiteCookie, { maxItems: 5_000 }),
    }),
    deleteCookie: method({
      ...intent,
      args: Type.Pick(SiteCookie, ['name', 'domain', 'path', 'isSecure']),
      idempotent: true,
    }),
    choose: method({
      ...intent,
      args: Type.Object({
        site: SiteName,
        changes: Type.Pick(Type.Partial(SiteChoices), ['cookies', 'insecureUntil']),
      }),
      idempotent: true,
    }),
    clearSite: method({ ...clearing, args: Type.Object({ site: SiteName, kinds }), result: nothing }),
    /**
     * Clears what is younger than the span. Answers which kinds were cleared, and which the engine cannot limit by time and
     * were left alone for that; over all time everything is cleared.
     */
    clearSpan: method({
      ...clearing,
      args: Type.Object({ span: ClearSpan, kinds }),
      result: Type.Object({ cleared: Type.Array(SiteDataKind), left: Type.Array(SiteDataKind) }),
    }),
  },
  events: { changed: event({ payload: SitesState, listeners: chrome }) },
})
