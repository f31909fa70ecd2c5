import { chmod, chown, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PermissionDeniedError, TargetUnavailableError } from '../errors.ts'
import { keyPathBeside, readSecret, writeSecret } from './secure-key-file.ts'

describe.skipIf(process.platform === 'win32')('the secret of a socket', () => {
  let folder: string
  let path: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-key-'))
    path = keyPathBeside(join(folder, 'socket'))
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('lies beside the socket, for this user alone, and is new each time', async () => {
    const first = await writeSecret(path)
    expect((await stat(join(folder, 'socket.key'))).mode & 0o777).toBe(0o600)
    expect(await readSecret(path)).toEqual(first)
    const second = await writeSecret(path)
    expect(await readSecret(path)).toEqual(second)
    expect(second.equals(first)).toBe(false)
    expect(await readdir(folder)).toEqual(['socket.key'])
  })

  it('replaces a link instead of writing where it leads', async () => {
    const elsewhere = join(folder, 'elsewhere')
    await writeFile(elsewhere, 'untouched')
    await symlink(elsewhere, path)
    await expect(readSecret(path)).rejects.toBeInstanceOf(PermissionDeniedError)
    const secret = await writeSecret(path)
    expect(await readSecret(path)).toEqual(secret)
    expect((await stat(elsewhere)).size).toBe('untouched'.length)
  })

  it('is refused when others may read or write it, with the way out', async () => {
    await writeSecret(path)
    for (const mode of [0o640, 0o604, 0o620, 0o602]) {
      await chmod(path, mode)
      await expect(readSecret(path)).rejects.toThrow('is not for this user alone: remove it, end Nexus')
    }
  })

  it.skipIf(process.getuid?.() !== 0)('is refused when somebody else owns it', async () => {
    await writeSecret(path)
    await chown(path, 65_534, 65_534)
    await expect(readSecret(path)).rejects.toBeInstanceOf(PermissionDeniedError)
  })

  it('is refused when it is missing, no file, or of another length', async () => {
    await expect(readSecret(path)).rejects.toBeInstanceOf(TargetUnavailableError)
    await expect(readSecret(path)).rejects.toThrow('is missing: end Nexus and start it again')
    await expect(readSecret(folder)).rejects.toBeInstanceOf(PermissionDeniedError)
    await writeFile(path, 'short', { mode: 0o600 })
    await expect(readSecret(path)).rejects.toThrow('holds no secret')
  })
})
