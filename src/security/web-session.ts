import type { Session } from 'electron'

/** Permissions that a page gets without being asked for, each with its reason. All else is denied. */
const grantedPermissions: ReadonlyMap<string, string> = new Map([
  ['fullscreen', 'Leaves with Escape and shows nothing that the page could not draw anyway.'],
  ['clipboard-sanitized-write', 'Writes only after a click, and only harmless kinds.'],
])

/** Takes from the pages' session everything that is not granted above. */
export function guardWebSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(grantedPermissions.has(permission)),
  )
  session.setPermissionCheckHandler((_contents, permission) => grantedPermissions.has(permission))
  session.setDevicePermissionHandler(() => false)
}
