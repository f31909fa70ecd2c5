import {
  Bell,
  ClipboardPaste,
  HardDrive,
  MapPin,
  Maximize,
  Mic,
  MousePointer2,
  Music,
  Video,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { SitePermission } from '../../contracts/sites.ts'

/** The permissions in the order in which they are listed. */
export const permissionOrder: readonly SitePermission[] = [
  'camera',
  'microphone',
  'geolocation',
  'notifications',
  'clipboard-read',
  'midi',
  'pointerLock',
  'persistent-storage',
  'fullscreen',
]

export interface PermissionWords {
  readonly name: string
  /** After "wants". */
  readonly wish: string
  readonly meaning: string
}

export function permissionWords(permission: SitePermission): PermissionWords {
  switch (permission) {
    case 'camera':
      return { name: 'Camera', wish: 'to use your camera', meaning: 'It sees what the camera sees.' }
    case 'microphone':
      return {
        name: 'Microphone',
        wish: 'to use your microphone',
        meaning: 'It hears what the microphone hears.',
      }
    case 'geolocation':
      return {
        name: 'Location',
        wish: 'to know where you are',
        meaning: 'It learns where this computer is, as exactly as the system knows.',
      }
    case 'notifications':
      return {
        name: 'Notifications',
        wish: 'to show notifications',
        meaning: 'It may speak up while you look at something else.',
      }
    case 'clipboard-read':
      return {
        name: 'Reading the clipboard',
        wish: 'to read what you copied',
        meaning: 'It sees what you copied last, in whatever program.',
      }
    case 'midi':
      return {
        name: 'Music devices',
        wish: 'to use music devices',
        meaning: 'It plays and hears devices that speak MIDI.',
      }
    case 'pointerLock':
      return {
        name: 'Holding the pointer',
        wish: 'to take the mouse pointer',
        meaning: 'The pointer vanishes until you press Escape.',
      }
    case 'persistent-storage':
      return {
        name: 'Lasting storage',
        wish: 'to keep data for good',
        meaning: 'What it keeps is not cleared when the disk runs short.',
      }
    case 'fullscreen':
      return {
        name: 'Full screen',
        wish: 'to fill the screen',
        meaning: 'It may fill the screen until you press Escape.',
      }
  }
}

/** "wants to use your camera and your microphone" */
export function wishWords(permissions: readonly SitePermission[]): string {
  if (permissions.includes('camera') && permissions.includes('microphone')) {
    return 'to use your camera and microphone'
  }
  return permissions.map(permission => permissionWords(permission).wish).join(' and ')
}

export function PermissionIcon({ permission }: { permission: SitePermission }): ReactNode {
  switch (permission) {
    case 'camera':
      return <Video className="i i-s" />
    case 'microphone':
      return <Mic className="i i-s" />
    case 'geolocation':
      return <MapPin className="i i-s" />
    case 'notifications':
      return <Bell className="i i-s" />
    case 'clipboard-read':
      return <ClipboardPaste className="i i-s" />
    case 'midi':
      return <Music className="i i-s" />
    case 'pointerLock':
      return <MousePointer2 className="i i-s" />
    case 'persistent-storage':
      return <HardDrive className="i i-s" />
    case 'fullscreen':
      return <Maximize className="i i-s" />
  }
}
