import type { AttachPageBridge, DialogTaker, PageBridge } from '../main/page-bridge.ts'
import { messagingOf } from './contents-messaging.ts'
import { frameFacts } from './web-frame-main.ts'

/** Connects a web contents with its page; for the start of the application to install. */
export const attachPageBridge: AttachPageBridge = (options): PageBridge & DialogTaker => {
  const messaging = messagingOf(options.webContents)
  const { additionalArguments } = options.webContents.webPreferences
  messaging.attach({
    session: options.session,
    preloadPath: options.preloadPath,
    sessionPreloadPaths: options.sessionPreloadPaths,
    isContextIsolated: options.isContextIsolated,
    runsInSubFrames: options.runsInSubFrames,
    runsInPresentDocument: options.runsInPresentDocument,
    additionalArguments: additionalArguments ?? [],
  })
  const frameIdOf = (frameId: string | null): string => frameId ?? frameFacts(messaging.mainFrame).frameId
  return {
    begun: messaging.begun(),
    send: (frameId, channel, args) => messaging.send(frameIdOf(frameId), channel, args),
    postMessage: (frameId, channel, message, ports) =>
      messaging.postMessage(frameIdOf(frameId), channel, message, ports),
    executeJavaScript: (code, { frameId, worldId, hasUserGesture }) =>
      messaging.executeInWorld(frameIdOf(frameId), worldId, code, hasUserGesture),
    attachFrame: (session, info) => messaging.attachFrame(session, info),
    dispose: () => messaging.dispose(),
    takesDialog: dialog => messaging.takesDialog(dialog),
  }
}
