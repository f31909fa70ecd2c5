import * as Type from 'typebox'
import { bytes, method } from '../ipc/contract.ts'
import {
  ForgetRequest,
  Forgotten,
  FoundPage,
  MemoryQuery,
  mostFound,
  PageMemory,
  RelatedPage,
  Remembered,
} from './memory.ts'
import { vectorBytes } from './page-analysis.ts'
import { roles } from './roles.ts'

const controllerOnly = roles('controller')
const quick = { callers: controllerOnly, deadlineMs: 5_000, idempotent: true, sensitive: true } as const
const deleting = { callers: controllerOnly, deadlineMs: 30_000, idempotent: true } as const
const url = Type.String({ maxLength: 65_536, sensitive: true })
const Vector = bytes({ maxBytes: vectorBytes })
const alike = {
  args: Type.Object({
    /** Left out of the answer. */
    url,
    /** What to compare with; null for what is stored of `url`. */
    pageVector: Type.Union([Vector, Type.Null()]),
    limit: Type.Integer({ minimum: 1, maximum: mostFound }),
  }),
  result: Type.Array(RelatedPage, { maxItems: mostFound }),
} as const

/** The part of the storage contract that is about what was read, as against visited. */
export const memoryMethods = {
  /** Replaces what was kept of this address. The pages read longest ago make room when there are too many passages. */
  savePassages: method({
    ...quick,
    args: PageMemory,
    result: Type.Object({
      /** False when the same was kept already; only the time was brought up to date. */
      isChanged: Type.Boolean(),
    }),
    deadlineMs: 15_000,
  }),
  /** When this address was last read; null when nothing is kept of it. */
  lastRead: method({
    ...quick,
    args: Type.Object({ url }),
    result: Type.Object({ at: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]) }),
  }),
  /**
   * Pages that were read or visited, best first, by the words of the query and, with its vector, by meaning. A blank
   * query lists the latest. The first search loads the vectors, which takes moments.
   */
  searchPassages: method({
    ...quick,
    args: Type.Object({
      ...MemoryQuery.properties,
      /** Of the query; null searches by words alone. */
      vector: Type.Union([Vector, Type.Null()]),
    }),
    result: Type.Array(FoundPage, { maxItems: mostFound }),
    deadlineMs: 15_000,
  }),
  /** Pages about the same, nearest first. */
  relatedPages: method({ ...quick, ...alike, deadlineMs: 15_000 }),
  /** What to read next: pages about the same that say something else and were not looked at lately. */
  readNext: method({ ...quick, ...alike, deadlineMs: 15_000 }),
  /** What pages that were read are about, the latest read first. */
  meanings: method({
    ...quick,
    args: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 5_000 }) }),
    item: Type.Object({
      url,
      title: Type.String({ maxLength: 2_000, sensitive: true }),
      topic: Type.Union([Type.String({ maxLength: 200, sensitive: true }), Type.Null()]),
      keywords: Type.Array(Type.String({ maxLength: 200, sensitive: true }), { maxItems: 100 }),
      at: Type.Integer({ minimum: 0 }),
      vector: Vector,
    }),
    result: Type.Object({ pages: Type.Integer({ minimum: 0 }) }),
    deadlineMs: 30_000,
  }),
  remembered: method({ ...quick, args: Type.Object({ url }), result: Remembered }),
  /** Deletes passages, vectors and analyses of one address, and its visits where `withHistory`. */
  forgetPage: method({ ...deleting, args: ForgetRequest, result: Forgotten }),
  forgetAll: method({
    ...deleting,
    args: Type.Object({ withHistory: Type.Boolean() }),
    result: Forgotten,
  }),
} as const
