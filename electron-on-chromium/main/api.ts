import { MessageChannelMain } from '../messaging/message-port.ts'
import { session } from '../session/index.ts'
import { utilityProcess } from '../utility/utility-process.ts'
import { app } from './app.ts'
import { BaseWindow } from './base-window.ts'
import { BrowserWindow } from './browser-window.ts'
import { strictModule, unsupportedModule } from './unsupported-module.ts'
import { View, WebContentsView } from './view.ts'
import { WebContents } from './web-contents.ts'

const webContents = {
  fromId: WebContents.fromId,
  fromDevToolsTargetId: WebContents.fromDevToolsTargetId,
  getAllWebContents: WebContents.getAllWebContents,
  getFocusedWebContents: WebContents.getFocusedWebContents,
}

const notMade = 'the stand-in does not make it'
const Tray = unsupportedModule('Tray', notMade)

const electron = strictModule({
  app,
  BaseWindow,
  BrowserWindow,
  MessageChannelMain,
  session,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
})

export {
  app,
  BaseWindow,
  BrowserWindow,
  electron as default,
  electron as 'module.exports',
  MessageChannelMain,
  session,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
}
