import type { Session, WebContents } from 'electron'
import type { PermissionDesk } from './permission-desk.ts'
import { wantedPermission } from './permission-table.ts'
import type { ProfileSites } from './profile-sites.ts'

/** Lets a desk answer whatever pages of a session ask for, and what the engine asks about them. Devices get no page. */
export function guardPermissions(
  session: Session,
  profile: ProfileSites,
  desk: PermissionDesk,
  /** False for a page that nobody looks at: it gets what was decided before, and no question. */
  isSeen: (contents: WebContents) => boolean,
): void {
  const pageOf = (contents: WebContents) => ({
    contentsId: contents.id,
    url: contents.getURL(),
    isPrivate: profile.isPrivate,
    book: profile.book,
  })
  session.setDevicePermissionHandler(() => false)
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const wanted = wantedPermission(permission, mediaTypes)
    // A request of no page that anybody sees is denied: there is nobody to ask.
    if (wanted.kind !== 'decided' || contents === null || contents.isDestroyed()) {
      answer(wanted.kind === 'granted')
      return
    }
    const origin = 'requestingUrl' in details ? (details.requestingUrl ?? '') : ''
    const page = pageOf(contents)
    if (!isSeen(contents)) {
      answer(wanted.permissions.every(one => desk.isAllowed(page, origin, one)))
      return
    }
    desk.request(page, origin, wanted.permissions).then(answer, () => answer(false))
  })
  session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) => {
    const mediaTypes = details.mediaType === undefined ? [] : [details.mediaType]
    const wanted = wantedPermission(permission, mediaTypes)
    if (wanted.kind !== 'decided') return wanted.kind === 'granted'
    const page =
      contents === null || contents.isDestroyed()
        ? {
            contentsId: null,
            // A worker of a frame has no page of its own: its embedder's site must be its own site too.
            url: details.embeddingOrigin ?? requestingOrigin,
            isPrivate: profile.isPrivate,
            book: profile.book,
          }
        : pageOf(contents)
    return wanted.permissions.every(one => desk.isAllowed(page, requestingOrigin, one))
  })
}
