import { ipcMain } from '../messaging/ipc-main.ts'
import { MessageChannelMain } from '../messaging/message-port.ts'
import { webFrameMain } from '../messaging/web-frame-main.ts'
import {
  clipboard,
  crashReporter,
  dialog,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  powerMonitor,
  safeStorage,
  screen,
  shell,
} from '../platform/index.ts'
import { net, protocol, session } from '../session/index.ts'
import { utilityProcess as guardedUtilityProcess } from '../utility/utility-process.ts'
import { app } from './app.ts'
import { BaseWindow } from './base-window.ts'
import { BrowserWindow } from './browser-window.ts'
import { strictModule, unsupportedModule } from './unsupported-module.ts'
import { View, WebContentsView } from './view.ts'
import { WebContents } from './web-contents.ts'

const webContents = {
  fromId: WebContents.fromId,
  fromFrame: WebContents.fromFrame,
  fromDevToolsTargetId: WebContents.fromDevToolsTargetId,
  getAllWebContents: WebContents.getAllWebContents,
  getFocusedWebContents: WebContents.getFocusedWebContents,
}

const utilityProcess: typeof guardedUtilityProcess = {
  ...guardedUtilityProcess,
  fork(...parameters) {
    if (!app.isReady()) throw new Error('utilityProcess cannot be created before app is ready')
    return guardedUtilityProcess.fork(...parameters)
  },
}

const notMade = 'the stand-in does not make it'

const autoUpdater = unsupportedModule('autoUpdater', notMade)
const BrowserView = unsupportedModule('BrowserView', 'it is deprecated; use WebContentsView')
const contentTracing = unsupportedModule('contentTracing', notMade)
const desktopCapturer = unsupportedModule('desktopCapturer', notMade)
const globalShortcut = unsupportedModule('globalShortcut', notMade)
const ImageView = unsupportedModule('ImageView', notMade)
const inAppPurchase = unsupportedModule('inAppPurchase', 'it exists on macOS only')
const netLog = unsupportedModule('netLog', notMade)
const Notification = unsupportedModule('Notification', notMade)
const powerSaveBlocker = unsupportedModule('powerSaveBlocker', notMade)
const pushNotifications = unsupportedModule('pushNotifications', 'it exists on macOS only')
const ShareMenu = unsupportedModule('ShareMenu', 'it exists on macOS only')
const systemPreferences = unsupportedModule('systemPreferences', notMade)
const TouchBar = unsupportedModule('TouchBar', 'it exists on macOS only')
const Tray = unsupportedModule('Tray', notMade)

const electron = strictModule({
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
  webFrameMain,
})

// `require('electron')` gives the object itself.
export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  electron as default,
  electron as 'module.exports',
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  ShareMenu,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
  webFrameMain,
}
