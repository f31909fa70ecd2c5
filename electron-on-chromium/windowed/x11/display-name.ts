import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'

/** An X display, as DISPLAY names it. */
export interface DisplayName {
  /** null: on this machine, over its Unix socket. */
  readonly host: string | null
  readonly number: number
}

/** Reads `:94`, `:94.0`, `unix:94` or `host:10.0`; null when it is none of these. */
export function parseDisplayName(display: string): DisplayName | null {
  const match = /^([^:]*):(\d+)(?:\.\d+)?$/.exec(display)
  if (!match) return null
  const [, host = '', number = '0'] = match
  return { host: host === '' || host === 'unix' ? null : host, number: Number(number) }
}

/** The secret that a client shows to the X server. */
export interface XAuthority {
  readonly name: string
  readonly data: Buffer
}

/** The entry for a display in the contents of an authority file, or null. */
export function findAuthority(file: Buffer, displayNumber: number): XAuthority | null {
  let offset = 0
  const field = (): Buffer => {
    const length = file.readUInt16BE(offset)
    const start = offset + 2
    offset = start + length
    if (offset > file.length) throw new RangeError('the file ends inside a field')
    return file.subarray(start, offset)
  }
  try {
    while (offset < file.length) {
      offset += 2 // the address family: for a display of this machine every one of them means us
      field()
      const number = field().toString('latin1')
      const name = field().toString('latin1')
      const data = field()
      const isOurs = number === '' || Number(number) === displayNumber
      if (isOurs && name === 'MIT-MAGIC-COOKIE-1' && data.length > 0) return { name, data }
    }
  } catch (error) {
    // A file cut short has no entry for us.
    if (!(error instanceof RangeError)) throw error
  }
  return null
}

/** Where X clients look for their secret. */
export function authorityFilePath(environment: NodeJS.ProcessEnv): string {
  return environment.XAUTHORITY ?? path.join(environment.HOME ?? homedir(), '.Xauthority')
}

/** The secret for a display from the person's authority file, or null when there is none. */
export function readAuthority(environment: NodeJS.ProcessEnv, displayNumber: number): XAuthority | null {
  try {
    return findAuthority(readFileSync(authorityFilePath(environment)), displayNumber)
  } catch {
    return null
  }
}
