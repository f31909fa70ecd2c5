import { Menu } from 'electron'

/**
 * On macOS the menu bar belongs to the system and carries copy, paste and the like, so it is kept to those roles.
 * Elsewhere there is none: the chrome UI has its own, and every shortcut is read in one place.
 */
export function setApplicationMenu(): void {
  const roles = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const
  Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate([...roles]) : null)
}
