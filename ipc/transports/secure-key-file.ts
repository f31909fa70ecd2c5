import { randomBytes, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { PermissionDeniedError, TargetUnavailableError, ValidationError } from '../errors.ts'
import { secretBytes } from './secure-handshake.ts'

const isWindows = process.platform === 'win32'
/** Windows has neither these rights nor links that anybody could make; there the folder's list of rights decides. */
const noLinks = isWindows ? 0 : constants.O_NOFOLLOW
/** Opening a pipe that somebody put there would wait for ever. */
const noWaiting = isWindows ? 0 : constants.O_NONBLOCK

/** Where the secret of a socket lies when nothing else is said: beside it. Named pipes stand in no folder. */
export function keyPathBeside(socketPath: string): string {
  if (!isWindows) return `${socketPath}.key`
  throw new ValidationError(`The pipe ${socketPath} needs a keyPath: pipes stand in no folder`)
}

/** Puts a new secret into its place, readable by this user alone. One that is there already is replaced as a whole. */
export async function writeSecret(path: string): Promise<Buffer> {
  const secret = randomBytes(secretBytes)
  const draft = `${path}.${randomUUID()}`
  const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | noLinks, 0o600)
  try {
    await file.writeFile(secret)
    await file.close()
    await rename(draft, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
  return secret
}

/**
 * Reads a secret. Rejects with PERMISSION_DENIED when somebody else owns the file or could have read or written it, and
 * with TARGET_UNAVAILABLE when there is none.
 */
export async function readSecret(path: string): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | noLinks | noWaiting).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        throw new TargetUnavailableError(
          `${path} is missing: end Nexus and start it again, which writes a new one`,
        )
      }
      throw new PermissionDeniedError(`${path} cannot be read (${error.code ?? 'unknown error'})`)
    },
  )
  try {
    const found = await file.stat()
    const isOwn = isWindows || (found.uid === process.getuid?.() && (found.mode & 0o077) === 0)
    if (!found.isFile() || !isOwn) {
      throw new PermissionDeniedError(
        `${path} is not for this user alone: remove it, end Nexus and start it again, which writes a new one`,
      )
    }
    if (found.size === secretBytes) return await file.readFile()
    throw new PermissionDeniedError(
      `${path} holds no secret: end Nexus and start it again, which writes a new one`,
    )
  } finally {
    await file.close()
  }
}
