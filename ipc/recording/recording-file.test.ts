import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RecordingFile, readLines } from './recording-file.ts'

describe('a file of a recording', () => {
  it('is for this user only, and comes back line by line', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.jsonl')
    {
      await using file = await RecordingFile.create(path)
      await file.append(['{"a":1}', 'ä\u2028b'])
      await file.append([])
      await file.append(['c'])
    }
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await linesOf(path)).toEqual(['{"a":1}', 'ä\u2028b', 'c'])
  })

  it('overwrites nothing', async () => {
    await using folder = await temporaryFolder()
    const path = join(folder.path, 'a.jsonl')
    await (await open(path, 'w')).close()
    await expect(RecordingFile.create(path)).rejects.toMatchObject({ code: 'RECORDING_EXISTS' })
    await expect(RecordingFile.create(join(folder.path, 'no', 'b'))).rejects.toMatchObject({
      code: 'RECORDING_FAILED',
    })
    expect(await readFile(path, 'utf8')).toBe('')
    await expect(linesOf(join(folder.path, 'none'))).rejects.toMatchObject({
      code: 'RECORDING_FAILED',
    })
  })

  it.runIf(process.platform === 'linux')('says when there is no room left', async () => {
    await using full = new RecordingFile(await open('/dev/full', 'w'), '/dev/full')
    await expect(full.append(['a'])).rejects.toMatchObject({
      code: 'DISK_FULL',
      message: 'There is no room left for /dev/full.',
    })
  })
})

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'nexus-recording-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

async function linesOf(path: string): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of readLines(path)) lines.push(line)
  return lines
}
