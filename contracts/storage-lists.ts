import type { Static } from 'typebox'
import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { clearing, moment, nothing, recordId, storageCaller, storedTitle, storing } from './storage-parts.ts'

const revision = Type.Integer({ minimum: 0 })
const mostItems = 10_000

/** A list that people keep together: what to read, what to buy. */
export const SharedList = Type.Object({
  id: recordId,
  name: storedTitle,
  /** Of its last change, here. Counts up over all lists. */
  revision,
  changedAt: moment,
  /** Whoever changed it last, as the peers name themselves. */
  changedBy: recordId,
})
export type SharedList = Static<typeof SharedList>

/** One line of a list. A removed one is kept, so that its removal can be passed on. */
export const SharedItem = Type.Object({
  id: recordId,
  listId: recordId,
  /** Items are in the order of this text, so that one can be put between two others without changing them. */
  order: Type.String({ minLength: 1, maxLength: 200 }),
  text: Type.String({ maxLength: 10_000, sensitive: true }),
  url: Type.Union([Type.String({ maxLength: 65_536, sensitive: true }), Type.Null()]),
  isDone: Type.Boolean(),
  isRemoved: Type.Boolean(),
  revision,
  changedAt: moment,
  changedBy: recordId,
})
export type SharedItem = Static<typeof SharedItem>

const withoutRevision = <Schema extends Type.TObject>(schema: Schema) => Type.Omit(schema, ['revision'])

/**
 * Shared lists, in the storage process. Of two changes of the same thing the later by `changedAt` holds, and of two at the
 * same moment that of the greater `changedBy`: peers that have seen the same changes hold the same lists in whatever order
 * they came.
 */
export const storageListsContract = defineContract('storageLists', {
  methods: {
    lists: method({ ...storing, args: nothing, result: Type.Array(SharedList, { maxItems: 1_000 }) }),
    /** In order, without what was removed. */
    items: method({
      ...storing,
      args: Type.Object({ listId: recordId }),
      result: Type.Array(SharedItem, { maxItems: mostItems }),
    }),
    /** Adds or changes; an earlier change than the one that is there is ignored. */
    putList: method({ ...storing, args: withoutRevision(SharedList), result: SharedList }),
    /** The same. Fails with LIST_NOT_FOUND. */
    putItems: method({
      ...storing,
      args: Type.Object({
        listId: recordId,
        items: Type.Array(withoutRevision(SharedItem), { minItems: 1, maxItems: mostItems }),
      }),
      result: Type.Object({ revision }),
    }),
    /** Items of a list, removed ones too, that changed here after a revision; to pass on. */
    changesSince: method({
      ...storing,
      args: Type.Object({ listId: recordId, revision }),
      item: SharedItem,
      result: Type.Object({ revision }),
    }),
    /** From this browser, with all its items. */
    removeList: method({ ...clearing, args: Type.Object({ id: recordId }), result: nothing }),
  },
  events: {
    listChanged: event({ payload: Type.Object({ id: recordId, revision }), listeners: storageCaller }),
  },
})
