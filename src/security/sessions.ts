import { randomUUID } from 'node:crypto'
import { type Session, session, type WebContents } from 'electron'
import type { Log } from '../../ipc/log.ts'
import { type OwnPage, serveOwnPage } from './chrome-scheme.ts'
import { PageSessions } from './page-sessions.ts'

/** The session of a page of our own, in memory and apart from every other, so that no page can reach our scheme. */
export function ownSession(page: OwnPage, folder: string): Session {
  const own = partition(page)
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  own.setPermissionCheckHandler(() => false)
  serveOwnPage(own, page, folder)
  return own
}

/** Whether contents show a page of our own: nothing else has such a session. */
export function isOwn(contents: WebContents): boolean {
  return contents.session === partition('chrome') || contents.session === partition('compositor')
}

function partition(page: OwnPage): Session {
  return session.fromPartition(`nexus-${page}`)
}

/** The sessions of all pages: the profile on disk, and private ones, each under a name that was never used before. */
export function pageSessions(log: Log): PageSessions {
  return new PageSessions({
    ordinary: session.defaultSession,
    // Without "persist:" in its name a session is in memory.
    makePrivate: () => session.fromPartition(`private-${randomUUID()}`),
    log,
  })
}
