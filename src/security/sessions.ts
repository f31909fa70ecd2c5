import { type Session, session, type WebContents } from 'electron'
import { serveChromeUi } from './chrome-scheme.ts'
import { guardWebSession } from './web-session.ts'

/** The chrome UI's session, in memory and apart from every page's, so that no page can reach the UI's scheme. */
export function chromeSession(folder: string): Session {
  const own = session.fromPartition('nexus-chrome')
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  serveChromeUi(own, folder)
  return own
}

/** The session of all pages: the profile on disk, with default-deny permissions. */
export function pageSession(onDownloadRefused: (fileName: string, contents: WebContents) => void): Session {
  guardWebSession({ session: session.defaultSession, onDownloadRefused })
  return session.defaultSession
}
