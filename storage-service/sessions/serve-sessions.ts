import type { storageSessionsContract } from '../../contracts/storage-sessions.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import type { ServedParts } from '../served-parts.ts'
import { KeptSessions } from './kept-sessions.ts'
import type { SessionJournal } from './session-journal.ts'

/** Implements the contract of sessions on the journal. */
export function sessionHandlers(
  { database, write, scrub }: ServedParts,
  journal: SessionJournal,
): Handlers<typeof storageSessionsContract> {
  const kept = new KeptSessions(database)
  return {
    append: async ({ changes }) => {
      await write(() => journal.append(changes))
      return {}
    },
    async *load() {
      yield* journal.state.parts()
      return {}
    },
    keep: session => write(() => kept.keep(journal.state, session)),
    kept: ({ limit }) => kept.list(limit),
    async *loadKept({ id }) {
      const parts = kept.load(id)
      yield* parts ?? []
      return { isThere: parts !== null }
    },
    renameKept: async ({ id, name }) => {
      await write(() => kept.rename(id, name))
      return {}
    },
    forgetKept: async ({ id }) => {
      await write(() => kept.forget(id))
      scrub()
      return {}
    },
  }
}
