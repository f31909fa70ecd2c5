import type { MethodDeclaration } from './contract.ts'
import { type Group, notificationGroup, requestGroup, type ValueGroup } from './groups.ts'
import type { EndpointId } from './identity.ts'
import type { MethodMeter } from './metrics/method-meter.ts'
import type { CallOwner } from './outgoing-call.ts'
import type { Protection } from './port.ts'
import { priorityRank } from './priority.ts'
import { isTextSchema } from './text-schema.ts'
import { type Checker, checkerOf } from './validation.ts'

/** One method of one peer, as a client calls it: what need not be found out again for each call. */
export class CallTarget {
  /** Who makes the calls, and is told when they are over. */
  readonly owner: CallOwner
  readonly peer: EndpointId
  /** `contract.method`. */
  readonly name: string
  /** The same as JSON. */
  readonly nameText: string
  readonly requestGroup: Group
  readonly notificationGroup: ValueGroup
  readonly declaration: MethodDeclaration
  readonly rank: 0 | 1 | 2
  readonly protection: Protection
  /** Counts its calls, from the first one on. */
  meter: MethodMeter | null = null
  #areArgsText: boolean | null = null
  #result: Checker | null = null

  constructor(
    owner: CallOwner,
    peer: EndpointId,
    contract: string,
    method: string,
    declaration: MethodDeclaration,
  ) {
    this.owner = owner
    this.peer = peer
    this.name = `${contract}.${method}`
    this.nameText = JSON.stringify(this.name)
    this.requestGroup = requestGroup(this.nameText)
    this.notificationGroup = notificationGroup(this.nameText)
    this.declaration = declaration
    this.rank = priorityRank[declaration.priority ?? 'normal']
    this.protection = protectionOf(declaration)
  }

  /** Whether arguments can travel as text. */
  get areArgsText(): boolean {
    this.#areArgsText ??= isTextSchema(this.declaration.args)
    return this.#areArgsText
  }

  get result(): Checker {
    this.#result ??= checkerOf(this.declaration.result)
    return this.#result
  }
}

/** What a method's messages need where they leave the machine's memory. */
export function protectionOf({ critical, sensitive }: MethodDeclaration): Protection {
  if (sensitive === true) return 'encrypted'
  return critical === true ? 'signed' : 'none'
}

const strength: Readonly<Record<Protection, number>> = { none: 0, signed: 1, encrypted: 2 }

/** Whether what came with `given` is guarded enough. */
export function isProtected(given: Protection, needed: Protection): boolean {
  return strength[given] >= strength[needed]
}
