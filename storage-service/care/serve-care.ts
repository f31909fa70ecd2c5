import type { storageCareContract } from '../../contracts/storage-care.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import type { Health } from '../health.ts'
import type { ServedParts } from '../served-parts.ts'
import type { SessionJournal } from '../sessions/session-journal.ts'
import { type ClearedPart, Clearing } from './clearing.ts'
import { hostOf } from './host-of.ts'
import type { Keeper } from './keeper.ts'
import { Usage } from './usage.ts'

export interface CareParts {
  readonly health: Health
  readonly keeper: Keeper
  readonly journal: SessionJournal
  /** What is held in memory of the tables is read again. */
  readonly reload: () => void
}

/** Implements the contract of care. */
export function careHandlers(
  { database, write, scrub }: ServedParts,
  { health, keeper, journal, reload }: CareParts,
): Handlers<typeof storageCareContract> {
  const usage = new Usage(database)
  const clearing = new Clearing(database, journal)
  async function clear(
    kinds: Parameters<Clearing['clear']>[0],
    part: ClearedPart,
  ): Promise<{ rows: number }> {
    const rows = await write(() => clearing.clear(kinds, part))
    reload()
    scrub()
    return { rows }
  }

  return {
    health: () => health.state,
    backups: () => keeper.backups(),
    backUp: () => keeper.backUp('asked'),
    check: async () => ({ faults: [...(await keeper.faults())] }),
    siteUsage: ({ limit }) => usage.all(limit),
    usageOf: ({ site }) => usage.of(site),
    clearSite: ({ site, since, kinds }) =>
      clear(kinds, { host: hostOf(site), from: since, to: Number.MAX_SAFE_INTEGER }),
    clearTime: ({ from, to, kinds }) => clear(kinds, { host: null, from, to }),
  }
}
