import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Downloads that are fetched or wait for their turn at once; more are refused. */
export const mostDownloads = 500

const Address = Type.String({ maxLength: 65_536, sensitive: true })
const Path = Type.String({ minLength: 1, maxLength: 4_096, sensitive: true })
const Header = Type.String({ maxLength: 16_384, sensitive: true })
const Count = Type.Integer({ minimum: 0 })
const DownloadId = Type.String({ minLength: 1, maxLength: 100 })
/** 64 lower-case hexadecimal digits. */
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** Why a file was not had. Those that may pass are tried again, first by themselves, then by the person. */
export const DownloadFailureCode = Type.Union([
  /** The connection ended, or never came about; `detail` says how. */
  Type.Literal('CONNECTION'),
  /** Nothing came for too long. */
  Type.Literal('TIMED_OUT'),
  /** The server refused; `detail` is its status. */
  Type.Literal('REFUSED'),
  Type.Literal('TOO_MANY_REDIRECTS'),
  /** The answer contradicts itself or what was said before: lengths, ranges, an address that is not of the web. */
  Type.Literal('BAD_ANSWER'),
  /** The bytes are not those that were promised by a checksum. */
  Type.Literal('CHECKSUM'),
  Type.Literal('DISK_FULL'),
  /** The folder is gone, read-only, or not ours. */
  Type.Literal('FOLDER'),
])
export type DownloadFailureCode = Static<typeof DownloadFailureCode>

/** What is sent along with the request; only what is named here. */
export const DownloadHeaders = Type.Object({
  userAgent: Header,
  acceptLanguage: Type.Union([Header, Type.Null()]),
  referrer: Type.Union([Address, Type.Null()]),
  /** Of the last of the addresses; not sent to another origin. */
  cookie: Type.Union([Header, Type.Null()]),
})
export type DownloadHeaders = Static<typeof DownloadHeaders>

export const DownloadStart = Type.Object({
  /** Made by whoever starts it; a second start of one that runs changes nothing. */
  id: DownloadId,
  /** From what was asked for to what it was redirected to last. */
  urls: Type.Array(Address, { minItems: 1, maxItems: 50 }),
  folder: Path,
  /** A name for the file; null takes the server's word or the address. Made safe in any case. */
  suggestedName: Type.Union([Type.String({ maxLength: 1_000, sensitive: true }), Type.Null()]),
  headers: DownloadHeaders,
  expectedSha256: Type.Union([Sha256, Type.Null()]),
  /** What is there of it already; null begins anew. */
  partialPath: Type.Union([Path, Type.Null()]),
})
export type DownloadStart = Static<typeof DownloadStart>

export const DownloadPhase = Type.Union([
  Type.Object({ kind: Type.Literal('waiting') }),
  Type.Object({
    kind: Type.Literal('running'),
    /** Of the last seconds; 0 while nothing came yet. */
    bytesPerSecond: Count,
    /** How often the connection was made again without a byte. */
    attempts: Count,
  }),
  Type.Object({ kind: Type.Literal('paused') }),
  Type.Object({ kind: Type.Literal('completed'), sha256: Sha256 }),
  /** Whole and true, but of a kind that may do harm: lies under its partial name until it is released. */
  Type.Object({ kind: Type.Literal('held'), sha256: Sha256, danger: Type.String({ maxLength: 100 }) }),
  Type.Object({ kind: Type.Literal('cancelled') }),
  Type.Object({
    kind: Type.Literal('failed'),
    code: DownloadFailureCode,
    detail: Type.String({ maxLength: 500, sensitive: true }),
  }),
])
export type DownloadPhase = Static<typeof DownloadPhase>

/** A download as it is now. */
export const DownloadProgress = Type.Object({
  id: DownloadId,
  phase: DownloadPhase,
  /** As they were followed; null until the server answered. */
  urls: Type.Array(Address, { minItems: 1, maxItems: 50 }),
  /** Where it is to be; null until the server answered. */
  filePath: Type.Union([Path, Type.Null()]),
  partialPath: Type.Union([Path, Type.Null()]),
  mimeType: Type.String({ maxLength: 300, sensitive: true }),
  /** Bytes in all; null while the server does not say. */
  size: Type.Union([Count, Type.Null()]),
  received: Count,
  etag: Type.Union([Type.String({ maxLength: 1_000, sensitive: true }), Type.Null()]),
  lastModified: Type.Union([Type.String({ maxLength: 1_000, sensitive: true }), Type.Null()]),
  acceptsRanges: Type.Boolean(),
})
export type DownloadProgress = Static<typeof DownloadProgress>

const nothing = Type.Object({})
const one = Type.Object({ id: DownloadId })
const working = { callers: roles('controller'), deadlineMs: 10_000, idempotent: true } as const

/** Files from the network to the disk, in the network process. What it knew is gone with the process; files are not. */
export const downloadsContract = defineContract('downloads', {
  methods: {
    start: method({ ...working, args: DownloadStart, result: nothing, sensitive: true }),
    /** Keeps what is there. Answers when nothing is written any more. */
    pause: method({ ...working, args: one, result: nothing }),
    /** Ends it and deletes what is there. */
    cancel: method({ ...working, args: one, result: nothing }),
    /** Those that run or wait. */
    running: method({
      ...working,
      args: nothing,
      result: Type.Array(DownloadProgress, { maxItems: mostDownloads }),
    }),
    /** Gives a held file its name; answers where it lies, for the name may be taken by now. */
    release: method({
      ...working,
      args: Type.Object({ partialPath: Path, filePath: Path }),
      result: Type.Object({ filePath: Path }),
      sensitive: true,
    }),
    /** Deletes what is there of one that does not run. */
    discard: method({
      ...working,
      args: Type.Object({ partialPath: Path }),
      result: nothing,
      sensitive: true,
    }),
  },
  events: {
    /** The process is there, and knows of nothing: what is to run must be started, also again. */
    opened: event({ payload: nothing, listeners: roles('controller') }),
    /** At most four times a second and download, and at each change of phase. */
    progressed: event({ payload: DownloadProgress, listeners: roles('controller') }),
  },
})
