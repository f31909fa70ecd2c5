import type { Session, WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { guardPermissions } from './guard-permissions.ts'
import { leastReadingMs, PermissionDesk } from './permission-desk.ts'
import { ProfileSites } from './profile-sites.ts'

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>

function start() {
  const clock = new SimulatedClock()
  const handlers: { request?: RequestHandler | null; check?: CheckHandler | null; device?: unknown } = {}
  const session = {
    setPermissionRequestHandler: (handler: RequestHandler | null) => {
      handlers.request = handler
    },
    setPermissionCheckHandler: (handler: CheckHandler | null) => {
      handlers.check = handler
    },
    setDevicePermissionHandler: (handler: () => boolean) => {
      handlers.device = handler()
    },
  }
  const profile = new ProfileSites({
    clock,
    isPrivate: false,
    writer: null,
    isSecureFirst: () => true,
    onTooSlow: () => {},
  })
  const desk = new PermissionDesk({
    clock,
    makeId: () => 'question',
    onChanged: () => {},
    onAsked: () => {},
  })
  const seen = { isSeen: true }
  guardPermissions(session as unknown as Session, profile, desk, () => seen.isSeen)
  const contents = { id: 1, getURL: () => 'https://sea.example/', isDestroyed: () => false } as WebContents
  const ask = (
    permission: Parameters<RequestHandler>[1],
    details: object,
    from: WebContents | null = contents,
  ) => {
    const asked: { answer: boolean | null } = { answer: null }
    const page = from as WebContents
    handlers.request?.(
      page,
      permission,
      answer => {
        asked.answer = answer
      },
      details as Parameters<RequestHandler>[3],
    )
    return asked
  }
  const check = (
    permission: Parameters<CheckHandler>[1],
    origin: string,
    details = {},
    from: WebContents | null = contents,
  ) => handlers.check?.(from, permission, origin, { isMainFrame: true, ...details })
  return { clock, handlers, profile, desk, seen, ask, check }
}

const settle = () => new Promise(resolve => setImmediate(resolve))
const main = { requestingUrl: 'https://sea.example/page', isMainFrame: true }

describe('what the engine asks main', () => {
  it('waits for the person, and takes the answer', async () => {
    const { ask, desk, clock } = start()
    const asked = ask('media', { ...main, mediaTypes: ['video'] })
    await settle()
    expect([asked.answer, desk.question(1)?.permissions]).toEqual([null, ['camera']])
    clock.advance(leastReadingMs)
    desk.answer(1, 'question', 'once')
    await settle()
    expect(asked.answer).toBe(true)
  })

  it('is denied for what is in no table, for devices, and where there is no page', async () => {
    const { ask, desk, handlers } = start()
    const asked = [ask('openExternal', { ...main, externalURL: 'mailto:x' }), ask('geolocation', main, null)]
    await settle()
    expect(asked.map(one => one.answer)).toEqual([false, false])
    expect([desk.question(1), handlers.device]).toEqual([null, false])
  })

  it('is granted at once for what harms nobody', () => {
    const { ask, check } = start()
    expect(ask('clipboard-sanitized-write', main).answer).toBe(true)
    expect(check('clipboard-sanitized-write', 'https://sea.example/')).toBe(true)
  })

  it('is decided without a question for a page that nobody sees', async () => {
    const { ask, desk, seen, profile } = start()
    seen.isSeen = false
    const before = ask('geolocation', main)
    profile.book.decide('sea.example', 'geolocation', true)
    const after = ask('geolocation', main)
    await settle()
    expect([before.answer, after.answer, desk.question(1)]).toEqual([false, true, null])
  })

  it('is checked by what was decided, for pages and their own workers', () => {
    const { check, profile } = start()
    profile.book.decide('sea.example', 'notifications', true)
    const embedded = { embeddingOrigin: 'https://other.example/', isMainFrame: false }
    expect([
      check('notifications', 'https://sea.example/'),
      check('notifications', 'https://sea.example/', {}, null),
      check('notifications', 'https://sea.example/', embedded, null),
      check('notifications', 'https://ads.example/'),
      check('media', 'https://sea.example/', { mediaType: 'video' }),
    ]).toEqual([true, true, false, false, false])
  })
})
