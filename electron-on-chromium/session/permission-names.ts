import type { Protocol } from '../chromium/devtools.ts'

/** The permissions of Electron's handlers that Chromium enforces for us. */
export type PermissionName =
  | 'background-fetch'
  | 'background-sync'
  | 'clipboard-read'
  | 'clipboard-sanitized-write'
  | 'display-capture'
  | 'fullscreen'
  | 'geolocation'
  | 'idle-detection'
  | 'keyboardLock'
  | 'local-fonts'
  | 'media'
  | 'midi'
  | 'midiSysex'
  | 'notifications'
  | 'persistent-storage'
  | 'pointerLock'
  | 'screen-wake-lock'
  | 'sensors'
  | 'storage-access'
  | 'window-management'

export type MediaType = 'video' | 'audio'

interface PermissionRow {
  /** How DevTools names it; several where Electron's one name covers several. */
  readonly descriptors: readonly Protocol.Browser.PermissionDescriptor[]
  /**
   * `request`: a page asks and the request handler answers. `check`: Chromium never asks, the check handler alone
   * decides.
   */
  readonly decidedBy: 'request' | 'check'
}

export const permissionRows: Readonly<Record<PermissionName, PermissionRow>> = {
  'background-fetch': { descriptors: [{ name: 'background-fetch' }], decidedBy: 'check' },
  'background-sync': { descriptors: [{ name: 'background-sync' }], decidedBy: 'check' },
  'clipboard-read': { descriptors: [{ name: 'clipboard-read' }], decidedBy: 'request' },
  'clipboard-sanitized-write': { descriptors: [{ name: 'clipboard-write' }], decidedBy: 'request' },
  'display-capture': { descriptors: [{ name: 'display-capture' }], decidedBy: 'request' },
  // Chromium has no such permission: only the page's own functions are held back.
  fullscreen: { descriptors: [], decidedBy: 'request' },
  geolocation: { descriptors: [{ name: 'geolocation' }], decidedBy: 'request' },
  'idle-detection': { descriptors: [{ name: 'idle-detection' }], decidedBy: 'request' },
  keyboardLock: { descriptors: [{ name: 'keyboard-lock' }], decidedBy: 'request' },
  'local-fonts': { descriptors: [{ name: 'local-fonts' }], decidedBy: 'request' },
  media: { descriptors: [{ name: 'camera' }, { name: 'microphone' }], decidedBy: 'request' },
  // Chromium asks for both, whatever the page wants.
  midi: { descriptors: [{ name: 'midi' }, { name: 'midi', sysex: true }], decidedBy: 'request' },
  midiSysex: { descriptors: [{ name: 'midi', sysex: true }], decidedBy: 'request' },
  notifications: { descriptors: [{ name: 'notifications' }], decidedBy: 'request' },
  'persistent-storage': { descriptors: [{ name: 'persistent-storage' }], decidedBy: 'request' },
  pointerLock: { descriptors: [{ name: 'pointer-lock' }], decidedBy: 'request' },
  'screen-wake-lock': { descriptors: [{ name: 'screen-wake-lock' }], decidedBy: 'request' },
  sensors: {
    descriptors: [{ name: 'accelerometer' }, { name: 'gyroscope' }, { name: 'magnetometer' }],
    decidedBy: 'check',
  },
  'storage-access': { descriptors: [{ name: 'storage-access' }], decidedBy: 'request' },
  'window-management': { descriptors: [{ name: 'window-management' }], decidedBy: 'request' },
}

export const permissionNames = Object.keys(permissionRows) as readonly PermissionName[]

export function isPermissionName(name: string): name is PermissionName {
  return name in permissionRows
}

/** What to grant or deny for one answer of a handler. */
export function descriptorsOf(
  permission: PermissionName,
  mediaTypes: readonly MediaType[] | null,
): readonly Protocol.Browser.PermissionDescriptor[] {
  if (permission !== 'media' || mediaTypes === null) return permissionRows[permission].descriptors
  return mediaTypes.map(type => ({ name: type === 'video' ? 'camera' : 'microphone' }))
}

/** Everything that Chromium lets DevTools grant to all origins at once: Electron's default is to allow. */
export const grantablePermissions: readonly Protocol.Browser.PermissionType[] = [
  'ar',
  'audioCapture',
  'automaticFullscreen',
  'backgroundFetch',
  'backgroundSync',
  'cameraPanTiltZoom',
  'capturedSurfaceControl',
  'clipboardReadWrite',
  'clipboardSanitizedWrite',
  'displayCapture',
  'durableStorage',
  'geolocation',
  'idleDetection',
  'keyboardLock',
  'localFonts',
  'localNetwork',
  'localNetworkAccess',
  'loopbackNetwork',
  'midi',
  'midiSysex',
  'nfc',
  'notifications',
  'paymentHandler',
  'periodicBackgroundSync',
  'pointerLock',
  'sensors',
  'speakerSelection',
  'storageAccess',
  'videoCapture',
  'vr',
  'wakeLockScreen',
  'wakeLockSystem',
  'webAppInstallation',
  'windowManagement',
]
