import type { Static } from 'typebox'
import * as Type from 'typebox'
import { ValidationError } from './errors.ts'
import { type Identity, parseIdentity } from './identity.ts'

/** What kind of process an endpoint lives in. `external` is the command line, which comes in by a socket. */
export type ProcessType = 'main' | 'renderer' | 'utility' | 'external'

const processTypes: readonly ProcessType[] = ['main', 'renderer', 'utility', 'external']

interface Placed extends Identity {
  /** Of the operating system; for people who look inside, nothing is decided by it. */
  readonly pid?: number
}

/** A renderer: a tab's preload, the chrome UI, the compositor. */
export interface RendererTarget extends Placed {
  readonly processType: 'renderer'
  /** Electron's number of the contents. */
  readonly webContentsId: number
  /** What it shows. Stays in main: no process is ever told the address of another. */
  readonly url?: string
  /** The site of that address, such as `example.org`. Told only to roles whose row of authority says so. */
  readonly site?: string
}

/** Whatever is no renderer, and therefore has neither contents nor an address. */
export interface ServiceTarget extends Placed {
  readonly processType: Exclude<ProcessType, 'renderer'>
  readonly webContentsId?: never
  readonly url?: never
  readonly site?: never
}

/** An endpoint as main knows it. */
export type Target = RendererTarget | ServiceTarget

/** An endpoint as others see it: never an address, and its site only where a row of authority says so. */
export interface VisibleTarget extends Identity {
  readonly processType: ProcessType
  readonly site?: string
}

/** How a `VisibleTarget` looks between two processes. */
export const VisibleTargetShape = Type.Object({
  id: Type.String({ maxLength: 102 }),
  role: Type.String({ maxLength: 41 }),
  processType: Type.Union([
    Type.Literal('main'),
    Type.Literal('renderer'),
    Type.Literal('utility'),
    Type.Literal('external'),
  ]),
  site: Type.Optional(Type.String({ maxLength: 300, sensitive: true })),
})

/** What of a target may change while it lives. Null takes it away. */
export interface TargetFacts {
  readonly url?: string | null
  readonly site?: string | null
  readonly pid?: number | null
}

/** A target whose rules nobody has checked yet. */
interface Candidate extends Identity, TargetFacts {
  readonly processType: ProcessType
  readonly webContentsId?: number
}

/** A host without a path, so that no address can pass for a site. */
const sitePattern = /^[^\s/?#]{1,300}$/

/** A service process. Throws VALIDATION_ERROR when a rule is broken. */
export function utilityTarget(identity: Identity, facts: Pick<TargetFacts, 'pid'> = {}): Target {
  return checkedTarget({ ...identity, processType: 'utility', ...facts })
}

/** A renderer, by Electron's number of its contents. Throws VALIDATION_ERROR when a rule is broken. */
export function rendererTarget(identity: Identity, webContentsId: number, facts: TargetFacts = {}): Target {
  return checkedTarget({ ...identity, processType: 'renderer', webContentsId, ...facts })
}

/** Somebody who came in by a socket. Throws VALIDATION_ERROR when a rule is broken. */
export function externalTarget(identity: Identity): Target {
  return checkedTarget({ ...identity, processType: 'external' })
}

/**
 * Checks the rules, also for callers without types: contents for renderers and for nobody else, addresses and sites for
 * renderers only. Gives a copy with nothing else in it; throws VALIDATION_ERROR with the rule that is broken.
 */
export function checkedTarget(candidate: Candidate): Target {
  const { processType, webContentsId, url = null, site = null, pid = null } = candidate
  const who = parseIdentity(candidate)
  const refused = (rule: string): ValidationError =>
    new ValidationError(`The target ${String(candidate.id).slice(0, 102)} ${rule}`)
  if (who === null) throw refused('has no well-formed id and role')
  if (!processTypes.includes(processType)) throw refused('is of no known kind of process')
  if (pid !== null && !isCount(pid)) throw refused('has a pid that is no whole number')
  const place = pid === null ? who : { ...who, pid }
  if (processType !== 'renderer') {
    if (webContentsId === undefined && url === null && site === null) return { ...place, processType }
    throw refused(`is no renderer (${processType}) and cannot have a webContentsId, url or site`)
  }
  if (webContentsId === undefined || !isCount(webContentsId))
    throw refused('is a renderer and needs a webContentsId')
  if (url !== null && typeof url !== 'string') throw refused('has an address that is no text')
  if (site !== null && !sitePattern.test(site)) throw refused('has a site that is no host')
  return {
    ...place,
    processType,
    webContentsId,
    ...(url === null ? {} : { url }),
    ...(site === null ? {} : { site }),
  }
}

/** What others get to see of a target. */
export function visibleTarget(target: Target, showsSite: boolean): VisibleTarget {
  const { id, role, processType, site } = target
  return showsSite && site !== undefined ? { id, role, processType, site } : { id, role, processType }
}

/** Reads what main sent, which was checked against `VisibleTargetShape`; null when a name is not well formed. */
export function parseVisibleTarget(value: Static<typeof VisibleTargetShape>): VisibleTarget | null {
  const identity = parseIdentity(value)
  if (identity === null) return null
  const { processType, site } = value
  return site === undefined ? { ...identity, processType } : { ...identity, processType, site }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}
