/**
 * Checked by the compiler, never run: what the stand-in exports can stand wherever an application expects what
 * Electron declares. Each list names the members that are made.
 */
import type * as Electron from 'electron'
import type { Clipboard } from './clipboard.ts'
import type { ClipboardItem } from './clipboard-item.ts'
import type { CrashReporter } from './crash-reporter.ts'
import type { dialog } from './dialog.ts'
import type { Menu, MenuItem } from './menu.ts'
import type { NativeImage, nativeImage } from './native-image.ts'
import type { NativeTheme } from './native-theme.ts'
import type { PowerMonitor } from './power-monitor.ts'
import type { SafeStorage } from './safe-storage.ts'
import type { Screen } from './screen.ts'
import type { shell } from './shell.ts'

type Assignable<Target, Source extends Target> = Source
type WithoutEvents<T> = Omit<T, keyof NodeJS.EventEmitter>

export type Checks = [
  Assignable<Omit<Electron.Clipboard, 'selection' | 'read' | 'write'>, Clipboard>,
  Assignable<Pick<Electron.ClipboardItem, 'types'>, ClipboardItem>,
  Assignable<Electron.CrashReporter, CrashReporter>,
  Assignable<Electron.Dialog, typeof dialog>,
  Assignable<Omit<WithoutEvents<Electron.Menu>, 'items' | 'append' | 'insert' | 'getMenuItemById'>, Menu>,
  Assignable<Omit<Electron.MenuItem, 'menu' | 'submenu' | 'role'>, MenuItem>,
  Assignable<Omit<Electron.NativeImage, 'crop' | 'resize'>, NativeImage>,
  Assignable<keyof typeof Electron.nativeImage, keyof typeof nativeImage | 'prototype'>,
  Assignable<WithoutEvents<Electron.NativeTheme>, NativeTheme>,
  Assignable<WithoutEvents<Electron.PowerMonitor>, PowerMonitor>,
  Assignable<Electron.SafeStorage, SafeStorage>,
  Assignable<WithoutEvents<Electron.Screen>, Screen>,
  Assignable<Electron.Shell, typeof shell>,
]
