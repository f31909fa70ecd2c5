import type { Static } from 'typebox'
import * as Type from 'typebox'
import { RequestKind } from './network-filtering.ts'

/** Requests that are remembered at once; the oldest make room. */
export const mostLoggedRequests = 2_000

const Text = Type.String({ maxLength: 2_000, sensitive: true })
/** Cut where it is longer. */
const Address = Type.String({ maxLength: 4_096, sensitive: true })
const Count = Type.Integer({ minimum: 0 })
/** Milliseconds since the request was made; null for what has not come. */
const Span = Type.Union([Type.Number({ minimum: 0 }), Type.Null()])

/** What filter lists made of a request. */
export const RequestFiltering = Type.Union([
  Type.Object({
    kind: Type.Union([Type.Literal('block'), Type.Literal('redirect'), Type.Literal('except')]),
    rule: Text,
    list: Type.String({ maxLength: 100 }),
  }),
  /** The lists were not heard in time; the request went on. */
  Type.Object({ kind: Type.Literal('late') }),
])
export type RequestFiltering = Static<typeof RequestFiltering>

/** One request, as the panel lists it. A redirect ends one and begins another. */
export const LoggedRequest = Type.Object({
  /** Counted up from the start of the browser. */
  id: Type.Integer({ minimum: 1 }),
  /** Null for what no tab asked for, such as a service worker. */
  tabId: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
  isPrivate: Type.Boolean(),
  method: Type.String({ maxLength: 32 }),
  url: Address,
  kind: RequestKind,
  state: Type.Union([
    Type.Literal('pending'),
    Type.Literal('done'),
    Type.Literal('redirected'),
    Type.Literal('blocked'),
    Type.Literal('failed'),
  ]),
  status: Type.Union([Type.Integer({ minimum: 0, maximum: 999 }), Type.Null()]),
  mimeType: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
  isFromCache: Type.Boolean(),
  /** Bytes of the body as they were sent; null where the server did not say. */
  bytes: Type.Union([Count, Type.Null()]),
  /** Milliseconds since the epoch. */
  startedAt: Type.Number({ minimum: 0 }),
  /** Until it was decided whether it may go on. */
  decidedMs: Span,
  /** Until the head of the answer. */
  firstByteMs: Span,
  totalMs: Span,
  filtering: Type.Union([RequestFiltering, Type.Null()]),
  /** The origin of the document that asked. */
  initiator: Type.Union([Address, Type.Null()]),
  /** As the engine names it, for example `net::ERR_CONNECTION_REFUSED`. */
  error: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
  redirectedTo: Type.Union([Address, Type.Null()]),
})
export type LoggedRequest = Static<typeof LoggedRequest>

export const LoggedHeader = Type.Object({
  name: Type.String({ maxLength: 200 }),
  value: Type.String({ maxLength: 8_192, sensitive: true }),
})
export type LoggedHeader = Static<typeof LoggedHeader>
const Headers = Type.Array(LoggedHeader, { maxItems: 200 })

/** What is told of one request when somebody asks. Never its body. */
export const RequestDetails = Type.Object({
  request: LoggedRequest,
  requestHeaders: Headers,
  responseHeaders: Headers,
  /** As the server sent it, for example `HTTP/1.1 200 OK`. */
  statusLine: Type.Union([Text, Type.Null()]),
  referrer: Type.Union([Address, Type.Null()]),
  /** Addresses that the name of the host led to, where that is known. */
  remoteAddresses: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 }),
})
export type RequestDetails = Static<typeof RequestDetails>

/** What changed in the list since the last batch. */
export const RequestBatch = Type.Object({
  /** True for the first batch: what was known before is void. */
  isWhole: Type.Boolean(),
  rows: Type.Array(LoggedRequest, { maxItems: mostLoggedRequests }),
  removed: Type.Array(Type.Integer({ minimum: 1 }), { maxItems: mostLoggedRequests }),
})
export type RequestBatch = Static<typeof RequestBatch>
