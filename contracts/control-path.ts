import { createHash } from 'node:crypto'
import { homedir, tmpdir, userInfo } from 'node:os'
import path from 'node:path'

/** Longest path that a Unix socket may have on every platform that we know, in bytes. */
const maximumSocketPathBytes = 100

/**
 * Where the profile lies when nothing else is said: `NEXUS_USER_DATA`, else the folder that Electron uses for an
 * application named Nexus.
 */
export function defaultUserDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.NEXUS_USER_DATA
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen)
  switch (process.platform) {
    case 'darwin':
      return path.join(homedir(), 'Library', 'Application Support', 'Nexus')
    case 'win32':
      return path.join(environment.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'), 'Nexus')
    default:
      return path.join(environment.XDG_CONFIG_HOME ?? path.join(homedir(), '.config'), 'Nexus')
  }
}

/**
 * The control socket of the browser that uses this profile: one profile, one browser, one socket. It stands in a folder
 * of its own, which only this user may enter; a profile with too long a path has its socket in the temporary folder.
 */
export function controlSocketPath(userDataFolder: string): string {
  const digest = createHash('sha256').update(path.resolve(userDataFolder)).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\nexus-${digest}`
  const beside = path.join(path.resolve(userDataFolder), 'control', 'socket')
  if (Buffer.byteLength(beside) <= maximumSocketPathBytes) return beside
  return path.join(tmpdir(), `nexus-${userInfo().uid}-${digest}`, 'socket')
}

/**
 * The file with the secret that both sides of a control socket have to know. It lies beside the socket; a pipe of Windows
 * stands in no folder, so its secret lies in this user's own application data, which others cannot read.
 */
export function controlKeyPath(socketPath: string): string {
  if (process.platform !== 'win32') return `${socketPath}.key`
  const local = process.env.LOCALAPPDATA ?? path.win32.join(homedir(), 'AppData', 'Local')
  return path.win32.join(local, `${path.win32.basename(socketPath)}.key`)
}

/**
 * A file of this name in the profile's folder says that the profile was made to be played with: only a browser with such
 * a profile lets the command line make recorded calls at its services. A person's own profile has none.
 */
export const replayMarkerName = 'made-for-replay'
