import type { Authority } from './authority.ts'
import { IpcError, TargetUnavailableError } from './errors.ts'
import type { EndpointId } from './identity.ts'
import type { Introduction } from './introduction.ts'
import type { Log } from './log.ts'
import type { Port } from './port.ts'
import type { Target } from './target.ts'

/** One process at the hub. */
export interface Member<RawPort> {
  target: Target
  /** Null for one that came by a port of its own and cannot be handed another. */
  readonly deliver: ((introduction: Introduction, port: RawPort) => void) | null
  /** Direct channels to others, by their name; the same object on both sides. */
  readonly channels: Map<EndpointId, Channel>
  /** Number of the last channel that it was given, the one to main included. */
  lastChannel: number
}

/** One direct channel. */
export interface Channel {
  /** Who asked for it: a row of authority allows that one to. */
  readonly asker: EndpointId
  /** Its number at either end. Each counts its own, because from a common count one could tell what others do. */
  readonly numbers: ReadonlyMap<EndpointId, number>
}

export interface IntroducerOptions<RawPort> {
  readonly authority: Authority
  readonly createChannel: () => readonly [RawPort, RawPort]
  readonly adopt: (port: RawPort) => Port
  readonly log: Log
}

/** Makes the direct channels: each pair's once, again when one was lost, and again when a service has come back. */
export class Introducer<RawPort> {
  readonly #options: IntroducerOptions<RawPort>
  /** Services that ended, and whom they had channels to: each survivor, and who of the two had asked. */
  readonly #interrupted = new Map<EndpointId, Map<EndpointId, EndpointId>>()

  constructor(options: IntroducerOptions<RawPort>) {
    this.#options = options
  }

  /**
   * Gives both their ends. Does nothing when they have a channel that the asker does not call lost. Throws
   * PERMISSION_DENIED, and TARGET_UNAVAILABLE when one of them cannot be reached.
   */
  introduce(asker: Member<RawPort>, wanted: Member<RawPort>, lostChannel: number | null): void {
    const { authority, createChannel, adopt, log } = this.#options
    authority.check(asker.target, wanted.target)
    if (asker.deliver === null || wanted.deliver === null) throw unreachable(wanted.target)
    const existing = asker.channels.get(wanted.target.id)
    // Both sides may ask at once, and the port may still be on its way: a pair is made once unless it was lost.
    if (existing !== undefined && existing.numbers.get(asker.target.id) !== lostChannel) return
    asker.lastChannel += 1
    wanted.lastChannel += 1
    const channel: Channel = {
      asker: asker.target.id,
      numbers: new Map([
        [asker.target.id, asker.lastChannel],
        [wanted.target.id, wanted.lastChannel],
      ]),
    }
    asker.channels.set(wanted.target.id, channel)
    wanted.channels.set(asker.target.id, channel)
    const isCurrent = (): boolean =>
      asker.channels.get(wanted.target.id) === channel && wanted.channels.get(asker.target.id) === channel
    const [first, second] = createChannel()
    const undelivered = new Set([first, second])
    const hand = (to: Member<RawPort>, peer: Member<RawPort>, port: RawPort): void => {
      const { id, role } = peer.target
      // Handing over the other end may have shown that a process is gone.
      if (!isCurrent()) throw unreachable(wanted.target)
      to.deliver?.(
        { kind: 'nexus/introduction', peer: { id, role }, channel: channel.numbers.get(to.target.id) ?? 0 },
        port,
      )
      undelivered.delete(port)
    }
    try {
      // The one that is asked for hears first, so that it is listening when the first call comes.
      hand(wanted, asker, second)
      hand(asker, wanted, first)
    } catch (error) {
      if (asker.channels.get(wanted.target.id) === channel) asker.channels.delete(wanted.target.id)
      if (wanted.channels.get(asker.target.id) === channel) wanted.channels.delete(asker.target.id)
      // An end that stays here open would keep whoever holds the other one waiting.
      for (const port of undelivered) adopt(port).close()
      log({
        level: 'warning',
        message: 'An introduction failed',
        details: { wanted: wanted.target.id, error },
      })
      throw unreachable(wanted.target)
    }
  }

  /** A process is gone. Whom a service had met is remembered until it comes back or they go too. */
  forget(gone: Member<RawPort>, memberOf: (id: EndpointId) => Member<RawPort> | undefined): void {
    const { id, processType } = gone.target
    for (const met of this.#interrupted.values()) met.delete(id)
    for (const [other, { asker }] of gone.channels) {
      memberOf(other)?.channels.delete(id)
      // A service that comes back is the same service; a document never comes back.
      if (processType !== 'utility') continue
      const met = this.#interrupted.get(id) ?? new Map<EndpointId, EndpointId>()
      met.set(other, asker)
      this.#interrupted.set(id, met)
    }
    gone.channels.clear()
  }

  /** A service came back: whoever had a channel to the one of this name gets a new one, without asking. */
  restore(member: Member<RawPort>, memberOf: (id: EndpointId) => Member<RawPort> | undefined): void {
    const { id, processType } = member.target
    const met = this.#interrupted.get(id)
    this.#interrupted.delete(id)
    if (met === undefined || processType !== 'utility') return
    for (const [other, asker] of met) {
      const survivor = memberOf(other)
      if (survivor === undefined) continue
      const [from, to] = asker === id ? [member, survivor] : [survivor, member]
      try {
        this.introduce(from, to, null)
      } catch (error) {
        // They ask again when they need it.
        if (!(error instanceof IpcError)) throw error
      }
    }
  }
}

function unreachable(wanted: Target): IpcError {
  return new TargetUnavailableError(`${wanted.id} cannot be reached now`)
}
