import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PageServer } from './page-server.ts'
import { PopupDesk } from './popup-desk.ts'
import type { ToCompositor } from './wire.ts'
import { findAuthority, parseDisplayName, readAuthority } from './x11/display-name.ts'

describe('the name of a display', () => {
  it('is read in every form', () => {
    expect(parseDisplayName(':94')).toEqual({ host: null, number: 94 })
    expect(parseDisplayName('unix:0.1')).toEqual({ host: null, number: 0 })
    expect(parseDisplayName('localhost:10.0')).toEqual({ host: 'localhost', number: 10 })
    expect(parseDisplayName('')).toBeNull()
    expect(parseDisplayName('wayland-0')).toBeNull()
  })
})

describe('the authority file', () => {
  const field = (text: string): Buffer => {
    const bytes = Buffer.from(text, 'latin1')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(bytes.length)
    return Buffer.concat([length, bytes])
  }
  const entry = (number: string, name: string, data: string): Buffer =>
    Buffer.concat([Buffer.from([1, 0]), field('host'), field(number), field(name), field(data)])

  it('gives the cookie of that display', () => {
    const file = Buffer.concat([
      entry('3', 'MIT-MAGIC-COOKIE-1', 'three'),
      entry('94', 'XDM-AUTHORIZATION-1', 'other'),
      entry('94', 'MIT-MAGIC-COOKIE-1', 'cookie'),
    ])
    expect(findAuthority(file, 94)?.data.toString()).toBe('cookie')
    expect(findAuthority(file, 5)).toBeNull()
  })

  it('has nothing for us when it is cut short or missing', () => {
    const file = entry('94', 'MIT-MAGIC-COOKIE-1', 'cookie')
    expect(findAuthority(file.subarray(0, file.length - 3), 94)).toBeNull()
    expect(readAuthority({ XAUTHORITY: '/nowhere/at/all' }, 94)).toBeNull()
  })

  it('is the one that XAUTHORITY names', () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'authority-'))
    try {
      const file = path.join(directory, 'file')
      writeFileSync(file, entry('94', 'MIT-MAGIC-COOKIE-1', 'cookie'))
      expect(readAuthority({ XAUTHORITY: file }, 94)?.data.toString()).toBe('cookie')
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})

describe('the server behind the compositor page', () => {
  let server: PageServer
  beforeEach(async () => {
    server = await PageServer.listen()
  })
  afterEach(() => server[Symbol.asyncDispose]())

  it('serves the page and its scripts without their types', async () => {
    using outlet = server.addWindow()
    const page = await (await fetch(outlet.pageUrl)).text()
    const source = /src="([^"]+)"/.exec(page)?.[1] ?? ''
    const script = await fetch(new URL(source, outlet.pageUrl))
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).not.toContain('import type')
  })

  it('gives frames only to whoever knows the secret, and nothing else of the disk to anybody', async () => {
    using outlet = server.addWindow()
    const statuses = await Promise.all(
      [
        `${outlet.pageUrl}/frames`,
        `${outlet.pageUrl}/`,
        new URL('/source/windowed/page-server.ts', outlet.pageUrl).href,
        new URL('/source/%2e%2e/package.json', outlet.pageUrl).href,
        new URL('/', outlet.pageUrl).href,
      ].map(async url => (await fetch(url)).status),
    )
    expect(statuses).toEqual([404, 404, 404, 404, 404])
    expect(outlet.pageUrl).not.toContain(new URL(outlet.framesUrl).pathname.split('/').at(-1))
  })

  it('streams records to the page as they come', async () => {
    using outlet = server.addWindow()
    expect(outlet.write([Buffer.from('lost')])).toBe(false)
    const opened = new Promise<void>(resolve => outlet.onOpened(resolve))
    const response = await fetch(outlet.framesUrl)
    await opened
    expect(outlet.write([Buffer.from('ab'), Buffer.from('cd')])).toBe(true)
    const chunks: string[] = []
    for await (const chunk of response.body ?? []) {
      chunks.push(Buffer.from(chunk).toString())
      if (chunks.join('') === 'abcd') break
    }
    expect(chunks.join('')).toBe('abcd')
  })
})

describe('the lists shown in a window', () => {
  it('are answered exactly once, also when another list takes their place', () => {
    const told: ToCompositor[] = []
    const desk = new PopupDesk(message => told.push(message))
    const answers: (string | number | null)[] = []
    const list = { anchor: { x: 0, y: 0, width: 1, height: 1 }, items: [], fontSizePx: 13 }
    desk.open(list, position => answers.push('first', position))
    desk.open(list, position => answers.push('second', position))
    desk.closed(1, 0)
    desk.closed(2, 4)
    desk.closed(2, 5)
    desk.closeAll()
    expect(answers).toEqual(['first', null, 'second', 4])
    expect(told.map(message => message.kind)).toEqual(['popup', 'popup'])
  })
})
