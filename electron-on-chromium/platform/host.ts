import type { BrowserWindow } from 'electron'

/** What menus need of a window. */
export interface PlatformWindow {
  readonly id: number
  close(): void
  minimize(): void
  isFullScreen(): boolean
  setFullScreen(isFullScreen: boolean): void
}

/** What menus need of a webContents. */
export interface PlatformWebContents {
  readonly id: number
  zoomLevel: number
  copy(): void
  cut(): void
  delete(): void
  paste(): void
  pasteAndMatchStyle(): void
  redo(): void
  reload(): void
  reloadIgnoringCache(): void
  selectAll(): void
  toggleDevTools(): void
  undo(): void
}

/** What the modules around the edges need of the rest of the stand-in; given once, at boot. */
export interface PlatformHost {
  isReady(): boolean
  /** True when windows are seen on a screen, and a person can answer. */
  isWindowed(): boolean
  applicationName(): string
  userDataPath(): string
  quit(): void
  focusedWindow(): PlatformWindow | null
  allWindows(): readonly PlatformWindow[]
  focusedWebContents(): PlatformWebContents | null
  /** A window with a page of ours, for dialogs; null where there are none. */
  openWindow: ((options: { width: number; height: number; title: string }) => BrowserWindow) | null
}

const absent: PlatformHost = {
  isReady: () => false,
  isWindowed: () => false,
  applicationName: () => 'Electron',
  userDataPath: () => {
    throw new Error('This can only be used after app is ready')
  },
  quit: () => {},
  focusedWindow: () => null,
  allWindows: () => [],
  focusedWebContents: () => null,
  openWindow: null,
}

let installed: PlatformHost = absent

/** To be called once, at boot, before `ready`. */
export function installPlatform(host: PlatformHost): void {
  installed = host
}

/** The host; before boot one that has no windows and cannot be quit. */
export function platformHost(): PlatformHost {
  return installed
}
