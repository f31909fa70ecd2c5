import * as Type from 'typebox'
import { anyRole } from './any-role.ts'
import { defineContract, event, method } from './contract.ts'

const name = Type.String({ maxLength: 102 })

/** What every process may ask of the hub in main. Whom it may meet is decided by the authority table, not here. */
export const hubContract = defineContract('nexus', {
  methods: {
    /**
     * Asks for a direct port to `peer`. Answered when both sides have been sent their ends. Errors: PERMISSION_DENIED,
     * TARGET_UNAVAILABLE when there is no such peer now.
     */
    introduce: method({
      args: Type.Object({
        peer: name,
        /** The channel to that peer which was lost; null when there was none. */
        lostChannel: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
      }),
      result: Type.Object({}),
      callers: [anyRole],
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
  events: {
    /** A peer that this process had been introduced to is gone. Ports may take longer to notice. */
    departed: event({ payload: Type.Object({ peer: name }), listeners: [anyRole] }),
  },
})
