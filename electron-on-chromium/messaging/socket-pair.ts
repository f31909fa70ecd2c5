import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Two connected stream sockets, both paused, with no name left in the file system. The name they had for a
 * moment lay in a directory that only this user can enter.
 */
export async function socketPair(): Promise<readonly [net.Socket, net.Socket]> {
  const directory = await mkdtemp(path.join(tmpdir(), 'standin-port-'))
  const address = path.join(directory, 's')
  const server = net.createServer({ pauseOnConnect: true })
  try {
    const accepted = new Promise<net.Socket>((resolve, reject) => {
      server.once('connection', resolve)
      server.once('error', reject)
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(address, resolve)
    })
    const near = net.connect(address)
    near.pause()
    await new Promise<void>((resolve, reject) => {
      near.once('connect', resolve)
      near.once('error', reject)
    })
    return [near, await accepted]
  } finally {
    server.close()
    await rm(directory, { recursive: true, force: true })
  }
}
