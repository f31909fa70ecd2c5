import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import Type from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRows } from './read-rows.ts'

const Row = Type.Object({ text: Type.String() })
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-rows-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function fileOf(text: string | Buffer): string {
  const path = join(folder, 'test.jsonl.gz')
  writeFileSync(path, typeof text === 'string' ? gzipSync(text) : text)
  return path
}

describe('the reader of rows', () => {
  it('gives one row a line, whatever ends the lines, and takes more fields than it knows', () => {
    expect(readRows(fileOf('{"text":"a","more":1}\r\n\r\n{"text":"b"}'), Row)).toMatchObject([
      { text: 'a' },
      { text: 'b' },
    ])
    expect(readRows(fileOf(''), Row)).toEqual([])
  })

  it('names the file and the line that is damaged', () => {
    const rows = (text: string) => () => readRows(fileOf(text), Row)
    expect(rows('{"text":"a"}\n\n{"text": broken')).toThrow(/test\.jsonl\.gz, line 3: no JSON/)
    expect(rows('{"text":"a"}\n{"text":1}')).toThrow(/line 2: \/text must be string/)
    expect(rows('{"other":1}')).toThrow(/line 1: .*text/)
  })

  it('says which file is not gzipped', () => {
    expect(() => readRows(fileOf(Buffer.from('plain')), Row)).toThrow(/test\.jsonl\.gz cannot be read/)
  })
})
