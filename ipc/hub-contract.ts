import type { Static } from 'typebox'
import * as Type from 'typebox'
import { anyRole } from './any-role.ts'
import { defineContract, event, method } from './contract.ts'
import { VisibleTargetShape } from './target.ts'

const name = Type.String({ maxLength: 102 })
const version = Type.Integer({ minimum: 0 })

/** All that a process may know of who is here. */
export const RegistrySnapshotShape = Type.Object({ version, targets: Type.Array(VisibleTargetShape) })
export type RegistrySnapshot = Static<typeof RegistrySnapshotShape>

/** A change of that, with the number that follows the last: who is gone, then who is there, new or different. */
const RegistryDeltaShape = Type.Object({
  version,
  removed: Type.Array(name),
  present: Type.Array(VisibleTargetShape),
})
export type RegistryDelta = Static<typeof RegistryDeltaShape>

/** What every process may ask of the hub in main. Whom it may meet and see is decided by the authority table, not here. */
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
    /** All that the caller may know of who is here, for one that missed a change. */
    registry: method({
      args: Type.Object({}),
      result: RegistrySnapshotShape,
      callers: [anyRole],
      deadlineMs: 5_000,
      idempotent: true,
    }),
  },
  events: {
    /**
     * A peer that this process had been introduced to is gone. Ports may take longer to notice, and an introduction
     * may arrive after this: those of `channel` and before lead nowhere.
     */
    departed: event({
      payload: Type.Object({ peer: name, channel: Type.Integer({ minimum: 0 }) }),
      listeners: [anyRole],
    }),
    /** What changed among those that the listener's role may see. */
    registryChanged: event({ payload: RegistryDeltaShape, listeners: [anyRole] }),
  },
})
