import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** What a small resource is for. It decides which kinds of content are taken, and how much of it. */
export const FetchPurpose = Type.Union([
  /** Of a tab: pictures, at most 128 KiB. */
  Type.Literal('icon'),
  /** A picture of a page or of an article: at most 4 MiB. */
  Type.Literal('picture'),
])
export type FetchPurpose = Static<typeof FetchPurpose>

const Address = Type.String({ maxLength: 65_536, sensitive: true })
const Line = Type.Union([Type.String({ maxLength: 2_000, sensitive: true }), Type.Null()])

/** For whom something is fetched. */
export const FetchContext = Type.Object({
  /** The page that names the address: a public one cannot make us fetch from this machine or its network. */
  pageUrl: Address,
  /** Neither read from the cache nor written to it. */
  isPrivate: Type.Boolean(),
  userAgent: Type.String({ maxLength: 1_000 }),
})
export type FetchContext = Static<typeof FetchContext>

export const FetchedFacts = Type.Object({
  /** Of the answer, in lower case, without parameters. */
  contentType: Type.String({ maxLength: 300 }),
  /** Where it was found in the end. */
  url: Address,
  byteCount: Type.Integer({ minimum: 0 }),
})

/** What a page says of itself in its head. Claims of the page: plain text, shortened, never markup. */
export const LinkPreview = Type.Object({
  url: Address,
  title: Line,
  description: Line,
  siteName: Line,
  /** Absolute, http or https. */
  imageUrl: Type.Union([Address, Type.Null()]),
})
export type LinkPreview = Static<typeof LinkPreview>

const fetching = {
  callers: roles('controller'),
  deadlineMs: 15_000,
  idempotent: true,
  sensitive: true,
} as const

/**
 * Small things that the browser fetches itself, in the network process: without cookies, over http and https only, at
 * most five redirects, with limits of size and time. Fails with the code of what went wrong: FETCH_REFUSED, FETCH_TYPE,
 * FETCH_TOO_LARGE, FETCH_FAILED, FETCH_TIMED_OUT.
 */
export const fetchingContract = defineContract('fetching', {
  methods: {
    /** The bytes as they come; what they are is known at the end. */
    fetch: method({
      ...fetching,
      args: Type.Object({ url: Address, purpose: FetchPurpose, context: FetchContext }),
      item: bytes({ maxBytes: 65_536 }),
      result: FetchedFacts,
    }),
    /** What the page at this address says of itself; its head is read and nothing of it is run. */
    preview: method({
      ...fetching,
      args: Type.Object({ url: Address, context: FetchContext }),
      result: LinkPreview,
    }),
    /** Bytes that the cache holds. */
    cacheSize: method({
      ...fetching,
      args: Type.Object({}),
      result: Type.Object({
        byteCount: Type.Integer({ minimum: 0 }),
        entries: Type.Integer({ minimum: 0 }),
        isBroken: Type.Boolean(),
      }),
    }),
    clearCache: method({ ...fetching, args: Type.Object({}), result: Type.Object({}) }),
  },
})
