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
import type { unmadeNetMembers, unmadeProtocolMembers, unmadeSessionMembers } from './unmade-members.ts'
import type { WebRequest } from './web-request.ts'

type UnmadeOfSession = (typeof unmadeSessionMembers)[number]
type UnmadeOfProtocol = (typeof unmadeProtocolMembers)[number]

type Assignable<Target, Source extends Target> = Source

/** Everything but what `unmade-members.ts` lists: a member that is neither made nor listed is an error here. */
type Made<Declared, Unmade extends PropertyKey> = Omit<Declared, Unmade | keyof NodeJS.EventEmitter>

export type Checks = [
  Assignable<
    Made<Electron.Session, UnmadeOfSession | 'cookies' | 'protocol' | 'serviceWorkers' | 'webRequest'>,
    Session
  >,
  Assignable<Made<Electron.Protocol, UnmadeOfProtocol>, Protocol>,
  Assignable<Made<Electron.Protocol, UnmadeOfProtocol>, typeof protocol>,
  Assignable<Made<Electron.Cookies, never>, Cookies>,
  Assignable<Pick<Electron.WebRequest, keyof Electron.WebRequest>, WebRequest>,
  Assignable<Omit<Electron.DownloadItem, keyof NodeJS.EventEmitter>, DownloadItem>,
  Assignable<Made<Electron.Net, (typeof unmadeNetMembers)[number] | 'request'>, typeof net>,
  Assignable<Omit<Electron.ClientRequest, keyof NodeJS.EventEmitter>, ClientRequest>,
  Assignable<keyof typeof Electron.session, keyof Omit<typeof session, 'Session'>>,
]
