import { type RegistrySnapshot, RegistrySnapshotShape } from './hub-contract.ts'
import { type Identity, parseIdentity } from './identity.ts'
import { checkerOf } from './validation.ts'

/** What main says to a process along with a port: who sits at the other end. */
export interface Introduction {
  readonly kind: 'nexus/introduction'
  readonly peer: Identity
  /** Number of this channel among those of the process, given back when a lost one has to be remade. */
  readonly channel: number
  /** Only in the first one, which introduces main itself: who the process is. */
  readonly self?: Identity
  /** Along with `self`: who else is there, where the process may know of anybody. */
  readonly registry?: RegistrySnapshot
}

/** Reads what came from main; null for anything else that may travel on the same road. */
export function parseIntroduction(raw: unknown): Introduction | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || raw.kind !== 'nexus/introduction')
    return null
  const peer = parseIdentity('peer' in raw ? raw.peer : undefined)
  const channel = 'channel' in raw ? raw.channel : 0
  if (peer === null || typeof channel !== 'number' || !Number.isSafeInteger(channel)) return null
  const introduction = { kind: 'nexus/introduction', peer, channel } as const
  const self = 'self' in raw ? parseIdentity(raw.self) : null
  if (self === null) return introduction
  const registry = 'registry' in raw ? raw.registry : undefined
  return isSnapshot(registry) ? { ...introduction, self, registry } : { ...introduction, self }
}

function isSnapshot(value: unknown): value is RegistrySnapshot {
  return checkerOf(RegistrySnapshotShape).check(value)
}
