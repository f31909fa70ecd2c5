import type { ProcessAction, ProcessKind } from '../../../contracts/processes.ts'
import type { KnownProcess } from '../book/known-process.ts'

/** What decides about actions besides the process itself. */
export interface ActionFacts {
  readonly platform: NodeJS.Platform
  readonly canRaise: boolean
  readonly canLower: boolean
}

type Asked = Pick<KnownProcess, 'id' | 'kind' | 'pid' | 'state' | 'tabIds' | 'isInView'>

/** In the order in which a person is offered them. */
const all: readonly ProcessAction[] = [
  'end',
  'forceEnd',
  'suspend',
  'resume',
  'restart',
  'raisePriority',
  'lowerPriority',
]

/** What may be done with a process now. */
export function possibleActions(process: Asked, facts: ActionFacts): ProcessAction[] {
  return all.filter(action => whyNot(process, action, facts) === null)
}

/** Why something cannot be done with a process now, as a sentence for the person; null when it can. */
export function whyNot(process: Asked, action: ProcessAction, facts: ActionFacts): string | null {
  if (process.kind === 'controller')
    return 'Everything else depends on the core. To end it, quit Nexus; its tabs come back with the next start.'
  switch (action) {
    case 'end':
    case 'forceEnd':
      return whyNotEnd(process)
    case 'suspend':
      return whyNotSuspend(process, facts.platform)
    case 'resume':
      return process.state === 'suspended' ? null : 'It is not suspended.'
    case 'restart':
      return whyNotRestart(process)
    case 'raisePriority':
      return facts.canRaise ? null : 'Its priority cannot be raised further on this system.'
    case 'lowerPriority':
      return facts.canLower ? null : 'Its priority cannot be lowered further.'
  }
}

function whyNotEnd({ kind, pid }: Asked): string | null {
  if (pid === null) return 'It does not run.'
  return kind === 'engine' ? 'The engine needs it for itself, and would only start it again.' : null
}

function whyNotSuspend({ kind, pid, state, tabIds, id, isInView }: Asked, platform: NodeJS.Platform) {
  if (pid === null) return 'It does not run.'
  if (state === 'suspended') return 'It is suspended.'
  const reason = cannotStand(kind)
  if (reason !== null) return reason
  if (kind === 'tab') {
    if (id.startsWith('frame:')) return 'A frame stands still together with its tab.'
    if (tabIds.length === 0) return 'It waits for a page and does nothing.'
    return isInView ? 'You are looking at it.' : null
  }
  return platform === 'win32' ? 'Windows cannot let a process stand still.' : null
}

/** Kinds that others wait for at every moment. */
function cannotStand(kind: ProcessKind): string | null {
  switch (kind) {
    case 'storage':
      return 'Everything that is to be kept goes through it, and would wait.'
    case 'network':
      return 'No page could load anything while it stands still.'
    case 'chrome':
      return 'Without it there is no window to resume it from.'
    case 'compositor':
      return 'It rests by itself while nobody looks at the overview.'
    case 'gpu':
      return 'Nothing could be drawn while it stands still.'
    case 'engine':
    case 'controller':
      return 'The engine needs it for itself.'
    case 'ai':
    case 'audio':
    case 'tab':
      return null
  }
}

function whyNotRestart({ kind, pid, state, tabIds, id }: Asked): string | null {
  switch (kind) {
    case 'tab':
      if (id.startsWith('frame:')) return 'A frame comes back when its tab is reloaded.'
      return tabIds.length === 0 ? 'It waits for a page and does nothing.' : null
    case 'engine':
      return 'The engine looks after it.'
    case 'gpu':
      return pid === null ? 'It does not run.' : null
    case 'chrome':
    case 'storage':
    case 'network':
    case 'ai':
    case 'audio':
    case 'compositor':
      return state === 'created' && pid !== null ? 'It is being started.' : null
    case 'controller':
      return 'Quit Nexus and start it again.'
  }
}
