import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dangerOf } from '../../contracts/file-danger.ts'
import { numberedName, safeFileName } from '../../contracts/file-name.ts'
import { dispositionFileName, fileNameOf } from './file-name.ts'

describe('the name in a Content-Disposition header', () => {
  // Among them the cases of RFC 6266 and of its test suite at greenbytes.de/tech/tc2231.
  it.each([
    ['attachment; filename="foo.html"', 'foo.html'],
    ['attachment; filename=foo.html', 'foo.html'],
    ['ATTACHMENT; FILENAME="foo.html"', 'foo.html'],
    ['attachment;filename=foo.html ;size=4', 'foo.html'],
    ['attachment; filename="f\\oo.html"', 'foo.html'],
    ['attachment; filename="\\"quoting\\" tested.html"', '"quoting" tested.html'],
    ['attachment; filename="Here\'s a semicolon;.html"', "Here's a semicolon;.html"],
    ['attachment; foo="bar"; filename="foo.html"', 'foo.html'],
    ['attachment; foo="filename=bar"; filename="foo.html"', 'foo.html'],
    ["attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", '€ rates.txt'],
    ["attachment; filename*=iso-8859-1''foo-%E4.html", 'foo-ä.html'],
    ["attachment; filename*=UTF-8'en'foo-a%cc%88.html", 'foo-a\u0308.html'],
    ['attachment; filename="plain.txt"; filename*=UTF-8\'\'extended.txt', 'extended.txt'],
    ['attachment; filename*=UTF-8\'\'extended.txt; filename="plain.txt"', 'extended.txt'],
    ['attachment; filename*=UTF-8\'\'%zz; filename="plain.txt"', 'plain.txt'],
    ['attachment; filename*=koi8-r\'\'%c1; filename="plain.txt"', 'plain.txt'],
    ['filename=bare.txt', 'bare.txt'],
    ['attachment; filename="foo-Ã¤.html"', 'foo-ä.html'],
    ['attachment; filename="foo-ä.html"', 'foo-ä.html'],
    ['attachment; filename="first.txt"; filename="second.txt"', 'first.txt'],
    ['attachment; filename="open.txt', 'open.txt'],
    ['attachment', null],
    ['', null],
  ])('of %s is %s', (header, name) => {
    expect(dispositionFileName(header)).toBe(name)
  })
})

describe('a safe name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system32\\cmd.exe', 'cmd.exe'],
    ['/', ''],
    ['..', ''],
    ['.bashrc', 'bashrc'],
    ['name. . .', 'name'],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com¹.log', '_com¹.log'],
    ['console.log', 'console.log'],
    ['a<b>c:d"e|f?g*h', 'a_b_c_d_e_f_g_h'],
    ['C:evil.txt', 'C_evil.txt'],
    ['page.html:stream', 'page.html_stream'],
    ['set.zip.nexus-part', 'set.zip'],
    ['e\u0301.txt', '\u00e9.txt'],
  ])('of %j is %j', (name, safe) => {
    expect(safeFileName(name)).toBe(safe)
  })

  it('never leaves its folder, is never hidden, and fits every file system, whatever the server says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), name => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[/\\:*?"<>|\p{Cc}]|^\.|^\.\.$|[. ]$/u)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(204)
        expect(safeFileName(safe)).toBe(safe)
      }),
    )
  })

  it('keeps the extension of a name that is too long', () => {
    expect(safeFileName(`${'ä'.repeat(300)}.tar.gz`)).toMatch(/^ä+\.tar\.gz$/)
  })
})

describe('the name of a download', () => {
  it('is the word of the server, then of the page, then the end of the address, then made up', () => {
    const sources = {
      disposition: 'attachment; filename="server.zip"',
      suggested: 'page.zip',
      url: 'https://a.test/files/address%20one.zip?x=1',
      mimeType: 'application/zip',
    }
    expect([
      fileNameOf(sources),
      fileNameOf({ ...sources, disposition: 'attachment; filename=".."' }),
      fileNameOf({ ...sources, disposition: null, suggested: null }),
      fileNameOf({ ...sources, disposition: null, suggested: null, url: 'https://a.test/' }),
      fileNameOf({ ...sources, disposition: null, suggested: null, url: 'https://a.test/', mimeType: 'x/y' }),
    ]).toEqual(['server.zip', 'page.zip', 'address one.zip', 'download.zip', 'download'])
  })

  it('gets a number before its extension', () => {
    expect([0, 1, 2].map(number => numberedName('tables.tar.gz', number))).toEqual([
      'tables.tar.gz',
      'tables (1).tar.gz',
      'tables (2).tar.gz',
    ])
    expect(numberedName('README', 1)).toBe('README (1)')
  })
})

describe('a dangerous kind', () => {
  it.each([
    ['setup.exe', '', 'program'],
    ['Setup.EXE', '', 'program'],
    ['invoice.pdf.js', '', 'script'],
    ['nexus.deb', '', 'package'],
    ['link.desktop', '', 'shortcut'],
    ['report.docm', '', 'macros'],
    ['noextension', 'application/x-msdownload', 'program'],
    ['tables.pdf', 'application/pdf', null],
    ['photo.jpeg', 'image/jpeg', null],
    ['exe', '', null],
  ])('is told by name or type: %s %s', (name, type, danger) => {
    expect(dangerOf(name, type)).toBe(danger)
  })
})
