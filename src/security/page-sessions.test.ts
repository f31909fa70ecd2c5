import type { Session } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { silentLog } from '../../ipc/log.ts'
import { type PageSession, PageSessions, PagesRefusedError } from './page-sessions.ts'

function fakeSession(): Session {
  const done = () => vi.fn(() => Promise.resolve())
  const fake = {
    closeAllConnections: done(),
    clearStorageData: done(),
    clearCache: done(),
    clearAuthCache: done(),
    clearHostResolverCache: done(),
  }
  return fake as unknown as Session
}

function world() {
  const ordinary = fakeSession()
  const made: Session[] = []
  const sessions = new PageSessions({
    ordinary,
    makePrivate: () => {
      const session = fakeSession()
      made.push(session)
      return session
    },
    log: silentLog,
  })
  return { ordinary, made, sessions }
}

describe('the sessions of pages', () => {
  it('get whatever holds for pages, those that are there and those that come', () => {
    const { ordinary, made, sessions } = world()
    const seen: PageSession[] = []
    sessions.attach(page => {
      seen.push(page)
    })
    sessions.obtain(true)
    sessions.attach(page => {
      seen.push(page)
    })
    expect(seen.map(page => [page.session, page.isPrivate])).toEqual([
      [ordinary, false],
      [made[0], true],
      [ordinary, false],
      [made[0], true],
    ])
  })

  it('keep pages waiting until all that was attached is in place', async () => {
    const { sessions } = world()
    const proxy = Promise.withResolvers<void>()
    sessions.attach(() => proxy.promise)
    const page = sessions.obtain(true)
    let isReady = false
    const ready = sessions.whenReady(page).then(() => {
      isReady = true
    })
    await new Promise(setImmediate)
    expect(isReady).toBe(false)
    proxy.resolve()
    await ready
    expect(isReady).toBe(true)
  })

  it('let no page in where something could not be put in place', async () => {
    const { sessions } = world()
    sessions.attach(page => (page.isPrivate ? Promise.reject(new Error('no proxy')) : undefined))
    await expect(sessions.whenReady(sessions.obtain(true))).rejects.toThrow('no proxy')
    await expect(sessions.whenReady(sessions.obtain(false))).resolves.toBeUndefined()
  })

  it('share one private session until it ends, and never one that ended', async () => {
    const { made, sessions } = world()
    const first = sessions.obtain(true)
    expect(sessions.obtain(true)).toBe(first)
    expect(sessions.find(first.session)).toBe(first)

    await sessions.endPrivate()
    expect(first.ended.aborted).toBe(true)
    expect(made[0]?.clearStorageData).toHaveBeenCalledOnce()
    expect(made[0]?.closeAllConnections).toHaveBeenCalledOnce()
    expect(sessions.all()).toHaveLength(1)
    expect(sessions.find(first.session)).toBeNull()

    expect(sessions.obtain(true).session).not.toBe(first.session)
    expect(made).toHaveLength(2)
  })

  it('keep nobody waiting who is refused, and are waited for again once they are admitted', async () => {
    const { sessions } = world()
    const { promise, resolve } = Promise.withResolvers<void>()
    sessions.attach(() => promise)
    const page = sessions.obtain(false)
    const early = sessions.whenReady(page)
    sessions.refuse(new PagesRefusedError('no network process'))
    await expect(early).rejects.toThrow(PagesRefusedError)
    await expect(sessions.whenReady(page)).rejects.toThrow(PagesRefusedError)
    sessions.admit()
    const late = sessions.whenReady(page)
    resolve()
    await late
    sessions.refuse(new PagesRefusedError('again'))
    await sessions.whenReady(page)
  })
})
