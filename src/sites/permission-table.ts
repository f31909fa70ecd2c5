import type { SitePermission } from '../../contracts/sites.ts'

export interface PermissionRule {
  /** `grant`: without a question, unless the person said never. `ask`: only after a person said so. */
  readonly kind: 'grant' | 'ask'
  readonly reason: string
}

/** What pages may have at all. What is not here is denied, without a question. */
export const permissionRules: Readonly<Record<SitePermission, PermissionRule>> = {
  fullscreen: {
    kind: 'grant',
    reason: 'Leaves with Escape and shows nothing that the page could not draw anyway.',
  },
  geolocation: { kind: 'ask', reason: 'Says where a person is.' },
  notifications: { kind: 'ask', reason: 'Speaks to a person who is elsewhere.' },
  camera: { kind: 'ask', reason: 'Sees the room.' },
  microphone: { kind: 'ask', reason: 'Hears the room.' },
  'clipboard-read': { kind: 'ask', reason: 'Reads what was copied elsewhere, often a password.' },
  midi: { kind: 'ask', reason: 'Reaches devices; their internals (sysex) stay closed.' },
  pointerLock: { kind: 'ask', reason: 'Hides the pointer, so that a page could pretend to be the browser.' },
  'persistent-storage': { kind: 'ask', reason: 'Keeps data that is otherwise cleared when room is short.' },
}

/** Given to every page, and not worth a row in anybody's list. */
const alwaysGranted: ReadonlyMap<string, string> = new Map([
  ['clipboard-sanitized-write', 'Writes only after a click, and only harmless kinds.'],
])

export type WantedPermission =
  | { readonly kind: 'denied' }
  | { readonly kind: 'granted' }
  | { readonly kind: 'decided'; readonly permissions: readonly [SitePermission, ...SitePermission[]] }

/**
 * What the engine's name for a permission means here. `mediaTypes` are those of a request for "media"; without any both
 * camera and microphone are meant.
 */
export function wantedPermission(name: string, mediaTypes: readonly string[]): WantedPermission {
  if (alwaysGranted.has(name)) return { kind: 'granted' }
  if (name === 'media') {
    const wantsVideo = mediaTypes.includes('video') || !mediaTypes.includes('audio')
    const wantsAudio = mediaTypes.includes('audio') || !mediaTypes.includes('video')
    if (wantsVideo && wantsAudio) return { kind: 'decided', permissions: ['camera', 'microphone'] }
    return { kind: 'decided', permissions: [wantsVideo ? 'camera' : 'microphone'] }
  }
  if (name === 'geolocation-approximate') return { kind: 'decided', permissions: ['geolocation'] }
  return isSitePermission(name) ? { kind: 'decided', permissions: [name] } : { kind: 'denied' }
}

export function isSitePermission(name: string): name is SitePermission {
  return Object.hasOwn(permissionRules, name)
}
