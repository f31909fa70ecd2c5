import { chmodSync, chownSync, copyFileSync } from 'node:fs'
import path from 'node:path'
import { XConnection } from './connection.ts'
import { authorityFilePath, parseDisplayName, readAuthority } from './display-name.ts'

const changeHosts = 109
const insertHost = 0
const serverInterpretedFamily = 5

/**
 * Lets another user of this machine, as whom Chromium runs when we are root, use our display. Resolves with
 * the environment that this user's processes need. Where the display is guarded by a secret, the user gets a
 * copy of it in `directory`, which must be that user's own; where it is guarded by user id only (a plain
 * Xvfb), the user is put on the display's list, where it stays as long as the display lives: other
 * applications may by then rely on it.
 */
export async function shareDisplay(options: {
  readonly environment: NodeJS.ProcessEnv
  readonly user: { readonly uid: number; readonly gid: number }
  readonly directory: string
}): Promise<Record<string, string>> {
  const { environment, user, directory } = options
  const name = parseDisplayName(environment.DISPLAY ?? '')
  if (name && readAuthority(environment, name.number)) {
    const copy = path.join(directory, 'Xauthority')
    copyFileSync(authorityFilePath(environment), copy)
    chmodSync(copy, 0o600)
    chownSync(copy, user.uid, user.gid)
    return { XAUTHORITY: copy }
  }
  using connection = await XConnection.open(environment)
  connection.send(changeHosts, insertHost, hostEntry(`localuser\0#${user.uid}`))
  await connection.sync()
  return {}
}

function hostEntry(address: string): Buffer {
  const body = Buffer.alloc(4 + address.length)
  body.writeUInt8(serverInterpretedFamily, 0)
  body.writeUInt16LE(address.length, 2)
  body.write(address, 4, 'latin1')
  return body
}
