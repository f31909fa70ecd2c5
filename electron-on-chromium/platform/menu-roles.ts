import type { MenuItemConstructorOptions } from 'electron'
import { type PlatformWebContents, type PlatformWindow, platformHost } from './host.ts'

interface Role {
  readonly label: string | (() => string)
  readonly accelerator?: string
  /** False for what the page does by itself when it sees the key. */
  readonly registerAccelerator?: false
  readonly submenu?: readonly MenuItemConstructorOptions[]
  readonly onApplication?: () => void
  readonly onWindow?: (window: PlatformWindow) => void
  readonly onWebContents?: (webContents: PlatformWebContents) => void
}

/** Half a level, as in Electron. */
const zoomStep = 0.5

const separator: MenuItemConstructorOptions = { type: 'separator' }

/** What roles mean on Linux. Those without an action belong to macOS: they have a label and nothing else. */
const roles: Readonly<Record<string, Role>> = {
  about: { label: 'About' },
  close: { label: 'Close', accelerator: 'CommandOrControl+W', onWindow: window => window.close() },
  copy: {
    label: 'Copy',
    accelerator: 'CommandOrControl+C',
    registerAccelerator: false,
    onWebContents: contents => contents.copy(),
  },
  cut: {
    label: 'Cut',
    accelerator: 'CommandOrControl+X',
    registerAccelerator: false,
    onWebContents: contents => contents.cut(),
  },
  delete: { label: 'Delete', onWebContents: contents => contents.delete() },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CmdOrCtrl+R',
    onWebContents: contents => contents.reloadIgnoringCache(),
  },
  front: { label: 'Bring All to Front' },
  help: { label: 'Help' },
  hide: { label: () => `Hide ${platformHost().applicationName()}`, accelerator: 'Command+H' },
  hideothers: { label: 'Hide Others', accelerator: 'Command+Alt+H' },
  minimize: {
    label: 'Minimize',
    accelerator: 'CommandOrControl+M',
    onWindow: window => window.minimize(),
  },
  paste: {
    label: 'Paste',
    accelerator: 'CommandOrControl+V',
    registerAccelerator: false,
    onWebContents: contents => contents.paste(),
  },
  pasteandmatchstyle: {
    label: 'Paste and Match Style',
    accelerator: 'Shift+CommandOrControl+V',
    registerAccelerator: false,
    onWebContents: contents => contents.pasteAndMatchStyle(),
  },
  quit: {
    label: 'Quit',
    accelerator: 'CommandOrControl+Q',
    onApplication: () => platformHost().quit(),
  },
  redo: {
    label: 'Redo',
    accelerator: 'Shift+CommandOrControl+Z',
    onWebContents: contents => contents.redo(),
  },
  reload: { label: 'Reload', accelerator: 'CmdOrCtrl+R', onWebContents: contents => contents.reload() },
  resetzoom: {
    label: 'Actual Size',
    accelerator: 'CommandOrControl+0',
    onWebContents: contents => {
      contents.zoomLevel = 0
    },
  },
  selectall: {
    label: 'Select All',
    accelerator: 'CommandOrControl+A',
    onWebContents: contents => contents.selectAll(),
  },
  services: { label: 'Services' },
  recentdocuments: { label: 'Open Recent' },
  clearrecentdocuments: { label: 'Clear Menu' },
  showsubstitutions: { label: 'Show Substitutions' },
  togglesmartquotes: { label: 'Smart Quotes' },
  togglesmartdashes: { label: 'Smart Dashes' },
  toggletextreplacement: { label: 'Text Replacement' },
  startspeaking: { label: 'Start Speaking' },
  stopspeaking: { label: 'Stop Speaking' },
  toggledevtools: {
    label: 'Toggle Developer Tools',
    accelerator: 'Ctrl+Shift+I',
    onWebContents: contents => contents.toggleDevTools(),
  },
  togglefullscreen: {
    label: 'Toggle Full Screen',
    accelerator: 'F11',
    onWindow: window => window.setFullScreen(!window.isFullScreen()),
  },
  undo: {
    label: 'Undo',
    accelerator: 'CommandOrControl+Z',
    onWebContents: contents => contents.undo(),
  },
  unhide: { label: 'Show All' },
  window: { label: 'Window' },
  zoom: { label: 'Zoom' },
  zoomin: {
    label: 'Zoom In',
    accelerator: 'CommandOrControl+Plus',
    onWebContents: contents => {
      contents.zoomLevel += zoomStep
    },
  },
  zoomout: {
    label: 'Zoom Out',
    accelerator: 'CommandOrControl+-',
    onWebContents: contents => {
      contents.zoomLevel -= zoomStep
    },
  },
  togglespellchecker: { label: 'Check Spelling While Typing' },
  appmenu: {
    label: () => platformHost().applicationName(),
    submenu: [
      { role: 'about' },
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  },
  filemenu: { label: 'File', submenu: [{ role: 'quit' }] },
  editmenu: {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'delete' },
      separator,
      { role: 'selectAll' },
    ],
  },
  viewmenu: {
    label: 'View',
    submenu: [
      { role: 'reload' },
      { role: 'forceReload' },
      { role: 'toggleDevTools' },
      separator,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
    ],
  },
  windowmenu: { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }, { role: 'close' }] },
  sharemenu: { label: 'Share', submenu: [] },
}

function roleOf(role: string | undefined): Role | null {
  return (role !== undefined && roles[role]) || null
}

interface RoleDefaults {
  readonly label: string
  readonly accelerator: string | null
  readonly registerAccelerator: boolean
  readonly submenu: readonly MenuItemConstructorOptions[] | null
}

/** What an item with that role is unless it says otherwise. `role` in lower case. */
export function roleDefaults(role: string | undefined): RoleDefaults {
  const found = roleOf(role)
  const label = found?.label ?? ''
  return {
    label: typeof label === 'string' ? label : label(),
    accelerator: found?.accelerator ?? null,
    registerAccelerator: found?.registerAccelerator !== false,
    submenu: found?.submenu ?? null,
  }
}

/** Does what the role says; false when the role does nothing here, so that the item's own handler is due. */
export function performRole(
  role: string | undefined,
  window: PlatformWindow | null,
  webContents: PlatformWebContents | null,
): boolean {
  const found = roleOf(role)
  if (found?.onApplication) {
    found.onApplication()
    return true
  }
  if (found?.onWindow && window) {
    found.onWindow(window)
    return true
  }
  if (found?.onWebContents && webContents) {
    found.onWebContents(webContents)
    return true
  }
  return false
}
