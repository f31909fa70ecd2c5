import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import {
  atMost,
  clearing,
  moment,
  momentOrNull,
  nothing,
  recordId,
  storedQuery,
  storing,
} from './storage-parts.ts'

const byteCount = Type.Integer({ minimum: 0 })
const headerOrNull = Type.Union([Type.String({ maxLength: 1_000, sensitive: true }), Type.Null()])
const path = Type.String({ maxLength: 4_096, sensitive: true })
const address = Type.String({ maxLength: 65_536, sensitive: true })

export const DownloadState = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('running'),
  Type.Literal('paused'),
  /** The connection or the browser ended in the middle; it can go on. */
  Type.Literal('interrupted'),
  Type.Literal('completed'),
  Type.Literal('cancelled'),
  Type.Literal('failed'),
])
export type DownloadState = Static<typeof DownloadState>

export const DownloadRecord = Type.Object({
  id: recordId,
  /** From what was asked for to what it was redirected to last. */
  urls: Type.Array(address, { minItems: 1, maxItems: 50 }),
  referrer: Type.Union([address, Type.Null()]),
  /** Where it is to be when it is whole. */
  filePath: path,
  /** Where it grows; null when it is whole or was given up. */
  partialPath: Type.Union([path, Type.Null()]),
  mimeType: Type.String({ maxLength: 300, sensitive: true }),
  /** Bytes in all; null while that is not known. */
  size: Type.Union([byteCount, Type.Null()]),
  /** Bytes on disk. */
  received: byteCount,
  /** Validators of the answer, by which a part is known to be of the same whole. */
  etag: headerOrNull,
  lastModified: headerOrNull,
  acceptsRanges: Type.Boolean(),
  state: DownloadState,
  /** Lower-case hex, of the whole file. */
  checksum: Type.Union([
    Type.Object({
      algorithm: Type.Union([
        Type.Literal('sha256'),
        Type.Literal('sha512'),
        Type.Literal('sha1'),
        Type.Literal('md5'),
      ]),
      /** What the person or the page said it should be; null where nobody did. */
      expected: Type.Union([Type.String({ maxLength: 128 }), Type.Null()]),
      /** What was found; null until it is whole. */
      actual: Type.Union([Type.String({ maxLength: 128 }), Type.Null()]),
    }),
    Type.Null(),
  ]),
  error: Type.Union([
    Type.Object({
      code: Type.String({ maxLength: 100 }),
      message: Type.String({ maxLength: 2_000, sensitive: true }),
    }),
    Type.Null(),
  ]),
  startedAt: moment,
  changedAt: moment,
  endedAt: momentOrNull,
})
export type DownloadRecord = Static<typeof DownloadRecord>

const one = Type.Object({ id: recordId })

/** Downloads as they are known after a restart, in the storage process. The files themselves are none of its business. */
export const storageDownloadsContract = defineContract('storageDownloads', {
  methods: {
    /** Inserts or replaces. */
    save: method({ ...storing, args: DownloadRecord, result: nothing }),
    /** Only how far it is: less to write than the whole. Ignored for one that is not there. */
    saveProgress: method({
      ...storing,
      args: Type.Object({ id: recordId, received: byteCount, at: moment }),
      result: nothing,
    }),
    get: method({ ...storing, args: one, result: Type.Union([DownloadRecord, Type.Null()]) }),
    /** Latest start first: of some states, or of any for null; by words in address or path, or all for blank text. */
    list: method({
      ...storing,
      args: Type.Object({
        states: Type.Union([Type.Array(DownloadState, { maxItems: 7 }), Type.Null()]),
        query: storedQuery,
        limit: atMost(1_000),
      }),
      result: Type.Array(DownloadRecord, { maxItems: 1_000 }),
    }),
    /** Forgets the record. */
    remove: method({ ...storing, args: one, result: nothing }),
    /** Those that are over and started within the time; `to` excluded. Gives their ids. */
    removeEnded: method({
      ...clearing,
      args: Type.Object({ from: moment, to: moment }),
      result: Type.Object({ ids: Type.Array(recordId, { maxItems: 100_000 }) }),
    }),
  },
})
