import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** `nobody` and `nogroup`: present on every Debian, own nothing. */
const ordinaryUserId = 65534
const ordinaryGroupId = 65534

/** As whom Chromium runs, and where its profile lies. */
export interface ChromiumUser {
  /** null: as whoever we are. */
  readonly identity: { readonly uid: number; readonly gid: number } | null
  readonly userDataDir: string
}

/**
 * Chromium refuses its sandbox to root, so root starts it as `nobody`, who must be able to reach and own its
 * profile. Directories on the way that lie in the temporary directory are opened for passing through (not
 * listing) to nogroup; anything else, say root's home, is left alone, and the profile goes to
 * /var/tmp/electron-on-chromium under a name derived from the wanted path, so that it is found again.
 */
export function prepareUserDataDir(wanted: string): ChromiumUser {
  if (process.getuid?.() !== 0) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    return { identity: null, userDataDir: wanted }
  }
  mkdirSync(wanted, { recursive: true, mode: 0o700 })
  const real = realpathSync(wanted)
  const userDataDir = letPassThrough(path.dirname(real)) ? real : relocated(real)
  giveTo(userDataDir)
  return { identity: { uid: ordinaryUserId, gid: ordinaryGroupId }, userDataDir }
}

function letPassThrough(directory: string): boolean {
  const temporary = realpathSync(tmpdir())
  const closed = ancestors(directory).filter(each => !canPass(each))
  if (closed.some(each => !each.startsWith(temporary + path.sep))) return false
  for (const each of closed) {
    chownSync(each, statSync(each).uid, ordinaryGroupId)
    chmodSync(each, (statSync(each).mode & 0o7777) | 0o010)
  }
  return true
}

function canPass(directory: string): boolean {
  const { mode, uid, gid } = statSync(directory)
  if (uid === ordinaryUserId) return (mode & 0o100) !== 0
  if (gid === ordinaryGroupId) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

function ancestors(directory: string): string[] {
  const parent = path.dirname(directory)
  return parent === directory ? [directory] : [...ancestors(parent), directory]
}

function relocated(wanted: string): string {
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 24)
  const shared = '/var/tmp/electron-on-chromium'
  mkdirSync(shared, { recursive: true, mode: 0o711 })
  const stat = lstatSync(shared)
  // /var/tmp is writable for all: a directory that someone else put there is not ours to trust.
  if (!stat.isDirectory() || stat.uid !== 0) throw new ForeignProfileError(shared)
  const directory = path.join(shared, name)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return directory
}

function giveTo(directory: string): void {
  if (statSync(directory).uid === ordinaryUserId) return
  const visit = (entry: string): void => {
    const stat = lstatSync(entry)
    if (stat.isSymbolicLink()) return
    chownSync(entry, ordinaryUserId, ordinaryGroupId)
    if (stat.isDirectory()) for (const name of readdirSync(entry)) visit(path.join(entry, name))
  }
  visit(directory)
}

/** The directory for profiles of root's Chromium belongs to somebody else. */
export class ForeignProfileError extends Error {
  readonly code = 'FOREIGN_PROFILE'
  constructor(directory: string) {
    super(`${directory} is not a directory of root; remove it and start again`)
    this.name = 'ForeignProfileError'
  }
}
