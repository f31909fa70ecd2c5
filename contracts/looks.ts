import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes } from '../ipc/contract.ts'

/** Numbers of the vector that says how a page looks; each is one signed byte, and the whole has unit length times 127. */
export const looksBytes = 64
/** Pixels of a screenshot that is looked at, at most: it is made smaller before it is sent. */
export const mostPicturePixels = 256 * 512

const url = Type.String({ maxLength: 65_536, sensitive: true })
const host = Type.String({ maxLength: 300, sensitive: true })

/** A screenshot: four bytes a pixel, blue first, row by row. */
export const Screenshot = Type.Object({
  width: Type.Integer({ minimum: 1, maximum: 4_096 }),
  height: Type.Integer({ minimum: 1, maximum: 4_096 }),
  pixels: bytes({ maxBytes: mostPicturePixels * 4 }),
})
export type Screenshot = Static<typeof Screenshot>

/** How a page looked when it was last shown. The picture itself is not kept. */
export const PageLook = Type.Object({
  url,
  host,
  asksPassword: Type.Boolean(),
  vector: bytes({ maxBytes: looksBytes }),
  /** Milliseconds since the epoch. */
  at: Type.Integer({ minimum: 0 }),
})
export type PageLook = Static<typeof PageLook>

/** A page that looks like another. */
export const SimilarLook = Type.Object({
  url,
  host,
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  asksPassword: Type.Boolean(),
  /** Cosine, -1 to 1. */
  likeness: Type.Number({ minimum: -1, maximum: 1 }),
})
export type SimilarLook = Static<typeof SimilarLook>
