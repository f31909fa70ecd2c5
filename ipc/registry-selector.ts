import { IpcError, TargetUnavailableError } from './errors.ts'
import { isEndpointId } from './identity.ts'
import type { RegistryView } from './registry-view.ts'
import type { ProcessType, VisibleTarget } from './target.ts'

/**
 * Says who is meant, among those that a registry shows. Patterns are for use inside one process and never travel.
 */
export type Selector =
  | { readonly identifier: string | RegExp }
  | { readonly role: string }
  | { readonly processType: ProcessType }
  /** Finds only those whose site may be known here. */
  | { readonly site: string }
  | 'all'

/** More than one target matches where one was meant. */
export class AmbiguousTargetError extends IpcError {
  constructor(message: string) {
    super('AMBIGUOUS_TARGET', message)
  }
}

/** How many names an error lists. */
const maxNamesShown = 5

/** All targets that match, in the order of the view. */
export function select(view: RegistryView, selector: Selector): readonly VisibleTarget[] {
  if (selector === 'all') return view.targets
  if ('identifier' in selector) return byIdentifier(view, selector.identifier)
  if ('role' in selector) return view.targets.filter(target => target.role === selector.role)
  if ('processType' in selector) {
    return view.targets.filter(target => target.processType === selector.processType)
  }
  return view.targets.filter(target => target.site === selector.site)
}

/** The one target that matches. Throws TARGET_UNAVAILABLE for none and AMBIGUOUS_TARGET for more than one. */
export function selectOne(view: RegistryView, selector: Selector): VisibleTarget {
  const [target, ...others] = select(view, selector)
  if (target === undefined) throw new TargetUnavailableError(`No target matches ${describe(selector)}`)
  if (others.length === 0) return target
  const names = [target, ...others.slice(0, maxNamesShown - 1)].map(match => match.id)
  const rest = others.length + 1 - names.length
  throw new AmbiguousTargetError(
    `${others.length + 1} targets match ${describe(selector)}: ${names.join(', ')}` +
      `${rest > 0 ? ` and ${rest} more` : ''}. Name one, or say { every: … } to mean them all`,
  )
}

function byIdentifier(view: RegistryView, identifier: string | RegExp): readonly VisibleTarget[] {
  if (typeof identifier === 'string') {
    const target = isEndpointId(identifier) ? view.get(identifier) : undefined
    return target === undefined ? [] : [target]
  }
  // A pattern with the flag g or y remembers where it stopped: it would miss every other target.
  const pattern = new RegExp(identifier.source, identifier.flags.replace(/[gy]/g, ''))
  return view.targets.filter(target => pattern.test(target.id))
}

function describe(selector: Selector): string {
  if (selector === 'all') return 'everybody'
  return Object.entries(selector)
    .map(([key, value]) => `${key} ${String(value).slice(0, 102)}`)
    .join()
}
