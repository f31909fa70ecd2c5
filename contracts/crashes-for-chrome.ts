import * as Type from 'typebox'
import { defineContract, event, method } from '../ipc/contract.ts'
import { roles } from './roles.ts'
import { CrashRecord, mostCrashes } from './storage-crashes.ts'

const chrome = roles('chrome')
const nothing = Type.Object({})

/** What the chrome UI may ask about processes that ended as they should not have. Nothing of it is sent anywhere. */
export const crashesViewContract = defineContract('crashesView', {
  methods: {
    /** Latest first. */
    list: method({
      args: nothing,
      result: Type.Array(CrashRecord, { maxItems: mostCrashes }),
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    clear: method({
      args: nothing,
      result: Type.Object({ cleared: Type.Integer({ minimum: 0 }) }),
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: true,
    }),
    /**
     * Loads the page of a tab again that was ended because it held more than it may, and from now on lets its site hold
     * twice as much. Fails with UNKNOWN_TAB, and NOT_OFFERED for a page that was not ended for that or is private.
     */
    restartWithMore: method({
      args: Type.Object({ tabId: Type.String({ maxLength: 100 }) }),
      result: nothing,
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: false,
    }),
    /** All records as JSON, into a file of the folder of downloads; its path. */
    exportAll: method({
      args: nothing,
      result: Type.Object({ file: Type.String({ maxLength: 4_096, sensitive: true }) }),
      callers: chrome,
      deadlineMs: 5_000,
      idempotent: false,
    }),
  },
  events: {
    /** A record was added, or all are gone. */
    changed: event({ payload: nothing, listeners: chrome }),
  },
})
