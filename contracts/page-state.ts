import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'

/** Fields of a page that are kept while it sleeps. */
export const mostKeptFields = 200
/** Characters of all of them together. */
export const mostKeptCharacters = 100_000
const mostOptions = 200
/** Items of the session storage, and characters of all of them together, that are kept while a page sleeps. */
export const mostStoredItems = 1_000
export const mostStoredCharacters = 1_000_000

/** Which field it is, by all that may tell it from others when the page is there again. */
export const FieldPlace = Type.Object({
  id: Type.String({ maxLength: 200, sensitive: true }),
  name: Type.String({ maxLength: 200, sensitive: true }),
  /** "text", "checkbox", "select-one", "textarea", "richText". */
  type: Type.String({ maxLength: 50 }),
  /** Its number among the fields of the page of its type, in the order of the document. */
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
})
export type FieldPlace = Static<typeof FieldPlace>

export const FieldValue = Type.Union([
  Type.Object({ kind: Type.Literal('text'), text: Type.String({ maxLength: mostKeptCharacters }) }),
  Type.Object({ kind: Type.Literal('checked'), isChecked: Type.Boolean() }),
  /** Which of its options are chosen, by their numbers. */
  Type.Object({
    kind: Type.Literal('chosen'),
    options: Type.Array(Type.Integer({ minimum: 0, maximum: 100_000 }), { maxItems: mostOptions }),
  }),
])
export type FieldValue = Static<typeof FieldValue>

export const KeptField = Type.Object({ place: FieldPlace, value: FieldValue })
export type KeptField = Static<typeof KeptField>

const Fields = Type.Array(KeptField, { maxItems: mostKeptFields, sensitive: true })

/** An item of the page's session storage. */
export const StoredItem = Type.Object({
  key: Type.String({ maxLength: mostStoredCharacters }),
  value: Type.String({ maxLength: mostStoredCharacters }),
})
export type StoredItem = Static<typeof StoredItem>

/** What a page is in the middle of. */
export const PageHolds = Type.Object({
  /** A person changed a field since it came, and did not send it. */
  hasUnsavedInput: Type.Boolean(),
  /** A person did anything at all on it: only then may it ask before it is left. */
  wasUsed: Type.Boolean(),
  /** They are at work in a frame of it, where it does not see what they do. */
  isInFrame: Type.Boolean(),
  /** Its session storage holds more than would be kept while it sleeps. */
  storesTooMuch: Type.Boolean(),
})
export type PageHolds = Static<typeof PageHolds>

/**
 * Served by a tab's preload: what is lost of a document when its process goes, and how it comes back. What is answered
 * holds what a person typed; it stays in main's memory, and no other process may ask for it. Passwords, numbers of cards
 * and what the page hides are not among it.
 */
export const pageStateContract = defineContract('pageState', {
  methods: {
    holds: method({
      args: Type.Object({}),
      result: PageHolds,
      callers: roles('controller'),
      // Nobody waits for it, and a page in the background may be slow.
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /**
     * Where it is scrolled to, in CSS pixels, fields that are not as the page brought them, and its session storage, which
     * is empty where it holds too much.
     */
    capture: method({
      args: Type.Object({}),
      result: Type.Object({
        x: Type.Number(),
        y: Type.Number(),
        fields: Fields,
        session: Type.Array(StoredItem, { maxItems: mostStoredItems, sensitive: true }),
      }),
      callers: roles('controller'),
      deadlineMs: 4_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Fills fields as they were, where the page has them still and nobody has changed them meanwhile. */
    restore: method({
      args: Type.Object({ fields: Fields }),
      result: Type.Object({ restored: Type.Integer({ minimum: 0, maximum: mostKeptFields }) }),
      callers: roles('controller'),
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
  },
})
