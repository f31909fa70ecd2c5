import type { Static } from 'typebox'
import * as Type from 'typebox'
import { PageSignals } from './page.ts'

const hostName = Type.String({ maxLength: 300, sensitive: true })
const brandName = Type.String({ maxLength: 100 })

/** Why an address looks made up, each of which a person can see in it. */
export const AddressTrait = Type.Union([
  /** Numbers in the place of a name. */
  Type.Literal('ipAddress'),
  /** Something before an @ that looks like a host. */
  Type.Literal('userInfo'),
  /** Letters of several alphabets in one name. */
  Type.Literal('mixedLetters'),
  /** So many names before the site's own that the own one is easily overlooked. */
  Type.Literal('manySubdomains'),
  /** Words such as "verify" or "secure" in the name of the site. */
  Type.Literal('lureWords'),
  /** A name of letters and digits without sense. */
  Type.Literal('randomName'),
  /** A sign-in page below folders that belong to a site's machinery. */
  Type.Literal('hiddenFolder'),
  /** As a whole more like addresses of phishing than like others. */
  Type.Literal('wholeAddress'),
])
export type AddressTrait = Static<typeof AddressTrait>

/** One reason for a warning, with what explains it. All of it comes from an untrusted page: shown as text only. */
export const JudgementReason = Type.Union([
  Type.Object({
    kind: Type.Literal('lookalike'),
    brand: brandName,
    /** Where the brand really is. */
    brandHost: hostName,
    how: Type.Union([
      /** Letters that look like others. */
      Type.Literal('homoglyph'),
      Type.Literal('typo'),
      /** The brand's name within the name of another site. */
      Type.Literal('brandInName'),
      /** The brand's name or address in front of another site's. */
      Type.Literal('brandInSubdomain'),
    ]),
  }),
  Type.Object({ kind: Type.Literal('brandInPath'), brand: brandName, brandHost: hostName }),
  /** A page that asks for a password, on a host that was not visited before today. */
  Type.Object({ kind: Type.Literal('passwordOnNewHost') }),
  Type.Object({ kind: Type.Literal('cardOnNewHost') }),
  Type.Object({ kind: Type.Literal('titleNamesBrand'), brand: brandName, brandHost: hostName }),
  /** The page takes its icon from a brand whose site it is not. */
  Type.Object({ kind: Type.Literal('borrowsFromBrand'), brand: brandName, brandHost: hostName }),
  Type.Object({
    kind: Type.Literal('formElsewhere'),
    /** Where a form with a password or a card number sends them. */
    target: hostName,
  }),
  /** A page that asks for a password looks like one of another site that the person knows. */
  Type.Object({ kind: Type.Literal('looksLikeSite'), host: hostName }),
  Type.Object({ kind: Type.Literal('freeHosting'), service: hostName }),
  Type.Object({
    kind: Type.Literal('addressShape'),
    traits: Type.Array(AddressTrait, { minItems: 1, maxItems: 8 }),
  }),
])
export type JudgementReason = Static<typeof JudgementReason>

/** Whether a page is likely to pretend to be another. It warns; it never decides for the person. */
export const Judgement = Type.Object({
  level: Type.Union([Type.Literal('none'), Type.Literal('caution'), Type.Literal('danger')]),
  /** Strongest first; empty exactly when the level is "none". */
  reasons: Type.Array(JudgementReason, { maxItems: 10 }),
  /** By the address alone, 0 to 1, calibrated on a half of phishing; null when the model is not there. */
  probability: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  /** Why the model had no say; null when it had. */
  modelMissing: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
})
export type Judgement = Static<typeof Judgement>

/** What the history holds of a host, this visit left out. */
export const HostVisits = Type.Object({
  /** Days before today on which it was visited, as UTC counts days. */
  earlierDays: Type.Integer({ minimum: 0 }),
  /** Milliseconds since the epoch; null when it was never visited. */
  firstVisitAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
})
export type HostVisits = Static<typeof HostVisits>

/** What a judgement is made of. */
export const JudgementFacts = Type.Object({
  /** The address that was committed, as the browser knows it. */
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  title: Type.String({ maxLength: 2_000, sensitive: true }),
  /** Null when the page was not or could not be looked at; the address is judged then. */
  signals: Type.Union([PageSignals, Type.Null()]),
  /** The host of a site that the person knows whose sign-in page this one looks like; null when there is none. */
  looksLike: Type.Union([hostName, Type.Null()]),
  /** Null when the history does not answer; nothing is concluded from that. */
  visits: Type.Union([HostVisits, Type.Null()]),
})
export type JudgementFacts = Static<typeof JudgementFacts>
