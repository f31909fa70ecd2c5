import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Addresses are judged by this much of them. */
export const mostJudgedCharacters = 4_096
/** Requests that are asked about at once. */
export const mostJudgedRequests = 256
/** Classes and ids of a page that are asked about at once. */
export const mostPageNames = 5_000

/** What a request is for, as Electron names it. */
export const RequestKind = Type.Union([
  Type.Literal('mainFrame'),
  Type.Literal('subFrame'),
  Type.Literal('stylesheet'),
  Type.Literal('script'),
  Type.Literal('image'),
  Type.Literal('font'),
  Type.Literal('object'),
  Type.Literal('xhr'),
  Type.Literal('ping'),
  Type.Literal('cspReport'),
  Type.Literal('media'),
  Type.Literal('webSocket'),
  Type.Literal('other'),
])
export type RequestKind = Static<typeof RequestKind>

const JudgedAddress = Type.String({ maxLength: mostJudgedCharacters, sensitive: true })

/** A request as the lists see it. */
export const JudgedRequest = Type.Object({
  url: JudgedAddress,
  kind: RequestKind,
  /** Whose document asks: the address or the origin of the frame. */
  source: JudgedAddress,
  /** The page in the tab, which may stand around the frame. */
  page: JudgedAddress,
})
export type JudgedRequest = Static<typeof JudgedRequest>

/** A rule as it stands in its list. */
const Rule = { rule: Type.String({ maxLength: 2_000 }), list: Type.String({ maxLength: 100 }) }

export const FilterDecision = Type.Union([
  Type.Object({ kind: Type.Literal('allow') }),
  /** One rule would have stopped it, another excepts it. */
  Type.Object({ kind: Type.Literal('except'), ...Rule }),
  Type.Object({ kind: Type.Literal('block'), ...Rule }),
  /** Instead of it an empty file of its kind is to be given, so that the page does not stumble. */
  Type.Object({ kind: Type.Literal('redirect'), ...Rule, to: Type.String({ maxLength: 20_000 }) }),
])
export type FilterDecision = Static<typeof FilterDecision>

export const FilteringStatus = Type.Object({
  state: Type.Union([Type.Literal('loading'), Type.Literal('ready'), Type.Literal('failed')]),
  /** Why nothing is filtered, null while all is well. */
  reason: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
  lists: Type.Array(
    Type.Object({ name: Type.String({ maxLength: 100 }), rules: Type.Integer({ minimum: 0 }) }),
    { maxItems: 100 },
  ),
  /** How long the lists took to be there. */
  loadMs: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  decided: Type.Integer({ minimum: 0 }),
  stopped: Type.Integer({ minimum: 0 }),
})
export type FilteringStatus = Static<typeof FilteringStatus>

const PageNames = Type.Array(Type.String({ maxLength: 200, sensitive: true }), { maxItems: mostPageNames })
const callers = roles('controller')

/** What filter lists say to requests and pages. Served by the network process. */
export const networkFilteringContract = defineContract('networkFiltering', {
  methods: {
    /** One answer for each request, in their order. A page waits for it. */
    decide: method({
      args: Type.Object({
        requests: Type.Array(JudgedRequest, { minItems: 1, maxItems: mostJudgedRequests }),
      }),
      result: Type.Array(FilterDecision, { maxItems: mostJudgedRequests }),
      callers,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
      priority: 'high',
    }),
    /**
     * A stylesheet that hides what the lists hide on a page: with `isNew` what can be said by its address alone, and what
     * its classes and ids add. Empty where nothing is hidden.
     */
    hiding: method({
      args: Type.Object({ page: JudgedAddress, isNew: Type.Boolean(), classes: PageNames, ids: PageNames }),
      result: Type.Object({ css: Type.String({ maxLength: 1_000_000 }) }),
      callers,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    status: method({
      args: Type.Object({}),
      result: FilteringStatus,
      callers,
      deadlineMs: 2_000,
      idempotent: true,
    }),
  },
})
