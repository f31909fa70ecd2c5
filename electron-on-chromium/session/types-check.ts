/**
 * Checked by the compiler, never run: what the stand-in exports can stand wherever an application expects what
 * Electron declares. Each list names the members that are made.
 */
import type * as Electron from 'electron'
import type { ClientRequest } from './client-request.ts'
import type { Cookies } from './cookies.ts'
import type { DownloadItem } from './download-item.ts'
import type { net, protocol, session } from './index.ts'
import type { Protocol } from './protocol.ts'
import type { Session } from './session.ts'
import type { WebRequest } from './web-request.ts'

type Assignable<Target, Source extends Target> = Source

type MadeOfSession =
  | 'clearAuthCache'
  | 'clearCache'
  | 'clearHostResolverCache'
  | 'clearStorageData'
  | 'downloadURL'
  | 'fetch'
  | 'forceReloadProxyConfig'
  | 'getCacheSize'
  | 'getPreloadScripts'
  | 'getStoragePath'
  | 'getUserAgent'
  | 'isPersistent'
  | 'isSpellCheckerEnabled'
  | 'preconnect'
  | 'registerPreloadScript'
  | 'resolveHost'
  | 'resolveProxy'
  | 'setCertificateVerifyProc'
  | 'setDownloadPath'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setProxy'
  | 'setUserAgent'
  | 'storagePath'
  | 'unregisterPreloadScript'

type MadeOfProtocol =
  | 'handle'
  | 'isProtocolHandled'
  | 'registerSchemesAsPrivileged'
  | 'unhandle'
  | 'getSource'
type MadeOfCookies = 'flushStore' | 'get' | 'remove' | 'set'
type MadeOfNet = 'fetch' | 'isOnline' | 'online' | 'resolveHost'

export type Checks = [
  Assignable<Pick<Electron.Session, MadeOfSession>, Session>,
  Assignable<Pick<Electron.Protocol, MadeOfProtocol>, Protocol>,
  Assignable<Pick<Electron.Protocol, Exclude<MadeOfProtocol, 'getSource'>>, typeof protocol>,
  Assignable<Pick<Electron.Cookies, MadeOfCookies>, Cookies>,
  Assignable<Pick<Electron.WebRequest, keyof Electron.WebRequest>, WebRequest>,
  Assignable<Omit<Electron.DownloadItem, keyof NodeJS.EventEmitter>, DownloadItem>,
  Assignable<Pick<Electron.Net, MadeOfNet>, typeof net>,
  Assignable<Omit<Electron.ClientRequest, keyof NodeJS.EventEmitter>, ClientRequest>,
  Assignable<keyof typeof Electron.session, keyof Omit<typeof session, 'Session'>>,
]
