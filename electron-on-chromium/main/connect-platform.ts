import { installPlatform, nativeImage, runAccelerator, screen } from '../platform/index.ts'
import { screenOfDisplay } from '../windowed/x11/screen.ts'
import type { App } from './app.ts'
import { BaseWindow } from './base-window.ts'
import { BrowserWindow } from './browser-window.ts'
import { setAcceleratorPressed } from './contents-editing.ts'
import { setPrimaryDisplay } from './display-seam.ts'
import { setImageFactory } from './image-seam.ts'
import { WebContents } from './web-contents.ts'

/** Joins menus, images, screens and dialogs with windows and pages. Called once, before the main module runs. */
export function connectPlatform(app: App, isWindowed: () => boolean): void {
  installPlatform({
    isReady: () => app.isReady(),
    isWindowed,
    applicationName: () => app.name,
    userDataPath: () => app.getPath('userData'),
    quit: () => app.quit(),
    focusedWindow: () => BaseWindow.getFocusedWindow(),
    allWindows: () => BaseWindow.getAllWindows(),
    focusedWebContents: () => WebContents.getFocusedWebContents(),
    openWindow: ({ width, height, title }) =>
      new BrowserWindow({ width, height, title, alwaysOnTop: true }) as never,
  })
  setAcceleratorPressed(input => runAccelerator(input))
  setImageFactory(png => nativeImage.createFromBuffer(png) as never)
  setPrimaryDisplay(() => screen.getPrimaryDisplay().size)
}

/** Tells the size of the screen on which windows are shown. To be awaited before `ready`. */
export async function readScreen(): Promise<void> {
  const size = await screenOfDisplay(process.env).catch(() => null)
  if (size === null) return
  const displays = [{ id: 1, label: process.env.DISPLAY ?? '', bounds: { x: 0, y: 0, ...size } }]
  screen.setReader({ displays: () => displays, cursor: () => ({ x: 0, y: 0 }) })
}
