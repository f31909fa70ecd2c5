import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * The process that holds the other end of a TCP connection to this machine, by the port that it has there; null when
 * it is gone already. Linux only: read from /proc.
 */
export function ownerOfPort(port: number): number | null {
  const inode = inodeOfPort(port)
  if (inode === null) return null
  const wanted = `socket:[${inode}]`
  for (const pid of readdirSync('/proc')) {
    if (/^\d+$/.test(pid) && holds(pid, wanted)) return Number(pid)
  }
  return null
}

function inodeOfPort(port: number): string | null {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/)
      if (fields[1]?.endsWith(wanted) === true && fields[9] !== '0') return fields[9] ?? null
    }
  }
  return null
}

function holds(pid: string, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some(fd => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === socket
      } catch {
        return false
      }
    })
  } catch {
    return false
  }
}
