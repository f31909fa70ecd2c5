import { type Identity, parseIdentity } from './identity.ts'

/**
 * What main says to a process along with a port: who sits at the other end. The first one introduces main itself and
 * tells the process who it is.
 */
export interface Introduction {
  readonly kind: 'nexus/introduction'
  readonly peer: Identity
  /** Number of this channel at the hub, given back when a lost one has to be remade. */
  readonly channel: number
  readonly self?: Identity
}

/** Reads what came from main; null for anything else that may travel on the same road. */
export function parseIntroduction(raw: unknown): Introduction | null {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || raw.kind !== 'nexus/introduction')
    return null
  const peer = parseIdentity('peer' in raw ? raw.peer : undefined)
  const channel = 'channel' in raw ? raw.channel : 0
  if (peer === null || typeof channel !== 'number' || !Number.isSafeInteger(channel)) return null
  const self = 'self' in raw ? parseIdentity(raw.self) : null
  return self === null
    ? { kind: 'nexus/introduction', peer, channel }
    : { kind: 'nexus/introduction', peer, channel, self }
}
