import * as Type from 'typebox'
import { method } from '../ipc/contract.ts'
import {
  ForgetRequest,
  Forgotten,
  MemoryAnswer,
  MemoryQuery,
  mostFound,
  RelatedPage,
  Remembered,
} from './memory.ts'
import { roles } from './roles.ts'

const chrome = roles('chrome')
const reading = { callers: chrome, idempotent: true, sensitive: true } as const
const url = Type.String({ maxLength: 65_536, sensitive: true })
const alike = {
  args: Type.Object({ url, limit: Type.Integer({ minimum: 1, maximum: mostFound }) }),
  result: Type.Array(RelatedPage, { maxItems: mostFound }),
} as const

/** The part of the browser contract that is about what was read: found, shown, forgotten. */
export const chromeMemoryMethods = {
  /** By words and by meaning; by words alone where the AI process is not there, and the answer says so. */
  searchMemory: method({ ...reading, args: MemoryQuery, result: MemoryAnswer, deadlineMs: 20_000 }),
  /** Pages about the same as what is stored of this address, nearest first; none when nothing is. */
  relatedPages: method({ ...reading, ...alike, deadlineMs: 15_000 }),
  /** Of those, what says something else and was not looked at lately. */
  readNext: method({ ...reading, ...alike, deadlineMs: 15_000 }),
  /** Everything that is stored about an address. */
  remembered: method({ ...reading, args: Type.Object({ url }), result: Remembered, deadlineMs: 5_000 }),
  /** Deletes it, and reads the page no more in the background until it is opened another day. */
  forgetPage: method({ ...reading, args: ForgetRequest, result: Forgotten, deadlineMs: 30_000 }),
  forgetAll: method({
    ...reading,
    args: Type.Object({ withHistory: Type.Boolean() }),
    result: Forgotten,
    deadlineMs: 30_000,
  }),
} as const
