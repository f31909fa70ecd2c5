import * as Type from 'typebox'
import { roles } from './roles.ts'

/** What the contracts of the storage process have in common. Only main speaks to it. */
export const storageCaller = roles('controller')
/** A write may be repeated: it names what it writes, and when. */
export const storing = {
  callers: storageCaller,
  deadlineMs: 5_000,
  idempotent: true,
  sensitive: true,
} as const
/** Deletes more than one row. */
export const clearing = { ...storing, deadlineMs: 60_000 } as const

export const nothing = Type.Object({})
/** Made by whoever writes, so that writing twice changes nothing. */
export const recordId = Type.String({ minLength: 1, maxLength: 100 })
export const storedUrl = Type.String({ maxLength: 65_536, sensitive: true })
export const storedTitle = Type.String({ maxLength: 2_000, sensitive: true })
/** Milliseconds since the epoch. */
export const moment = Type.Integer({ minimum: 0 })
export const momentOrNull = Type.Union([moment, Type.Null()])
export const storedQuery = Type.String({ maxLength: 1_000, sensitive: true })
/** A host ("example.org"), or an origin ("https://example.org:8443") where scheme and port matter; the caller chooses. */
export const storedSite = Type.String({ minLength: 1, maxLength: 300, sensitive: true })
export const atMost = (maximum: number) => Type.Integer({ minimum: 1, maximum })
