import { execFile, spawn } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IdentifierConflictError, PermissionDeniedError, TargetUnavailableError } from '../errors.ts'
import type { Port } from '../port.ts'
import { connectSocket } from './socket.ts'
import { listenOnSocket, type SocketServer } from './socket-server.ts'

describe.skipIf(process.platform === 'win32')('a socket for this user', () => {
  let folder: string
  let path: string
  const servers: SocketServer[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-socket-'))
    path = join(folder, 'control', 'nexus.sock')
  })

  afterEach(async () => {
    for (const server of servers.splice(0)) await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function listen(onConnection: (port: Port) => void = port => port.start()): Promise<SocketServer> {
    const server = await listenOnSocket({ path, onConnection })
    servers.push(server)
    return server
  }

  it('stands in a folder that only this user may enter, and only this user may use it', async () => {
    await listen()
    const places = [join(folder, 'control'), path, `${path}.key`]
    const modes = await Promise.all(places.map(async place => (await stat(place)).mode & 0o777))
    expect(modes).toEqual([0o700, 0o600, 0o600])
  })

  it('closes a folder that was open to others', async () => {
    await mkdir(join(folder, 'control'))
    await chmod(join(folder, 'control'), 0o755)
    await listen()
    expect((await stat(join(folder, 'control'))).mode & 0o777).toBe(0o700)
  })

  it.skipIf(process.getuid?.() !== 0)('refuses other users', async () => {
    await listen()
    await chmod(folder, 0o755)
    const script = `require('node:net').connect(${JSON.stringify(path)})
      .on('connect', () => console.log('connected')).on('error', error => console.log(error.code))`
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
      uid: 65_534,
      gid: 65_534,
      cwd: '/',
    })
    expect(stdout.trim()).toBe('EACCES')
  })

  it('is gone after it was closed', async () => {
    const server = await listen()
    await server[Symbol.asyncDispose]()
    await expect(readdir(join(folder, 'control'))).resolves.toEqual([])
    await expect(connectSocket(path)).rejects.toBeInstanceOf(TargetUnavailableError)
  })

  it('can be closed while somebody is connected, whose connection lives on', async () => {
    const accepted = Promise.withResolvers<Port>()
    const server = await listen(port => accepted.resolve(port))
    const near = await connectSocket(path)
    const far = await accepted.promise
    await server[Symbol.asyncDispose]()
    await expect(lstat(path)).rejects.toThrow('ENOENT')
    const arrived = new Promise(resolve => near.onMessage(resolve))
    near.start()
    far.post('[[1]]')
    expect(await arrived).toBe('[[1]]')
    near.close()
    far.close()
  })

  it('takes the place of one that a killed process left behind', async () => {
    await mkdir(join(folder, 'control'))
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise(resolve => child.stdout.once('data', resolve))
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    expect((await lstat(path)).isSocket()).toBe(true)
    await listen()
    const port = await connectSocket(path)
    port.close()
  })

  it('does not take the place of one that lives', async () => {
    await listen()
    await expect(listenOnSocket({ path, onConnection: () => {} })).rejects.toBeInstanceOf(
      IdentifierConflictError,
    )
  })

  it('does not remove a file that is no socket', async () => {
    await mkdir(join(folder, 'control'))
    await writeFile(path, 'somebody else put this here')
    await expect(listenOnSocket({ path, onConnection: () => {} })).rejects.toBeInstanceOf(
      PermissionDeniedError,
    )
    expect((await lstat(path)).isFile()).toBe(true)
  })

  it('is not looked for in a folder that others may enter', async () => {
    await listen()
    await chmod(join(folder, 'control'), 0o777)
    await expect(connectSocket(path)).rejects.toBeInstanceOf(PermissionDeniedError)
  })

  it('keeps its secret when another server tries to take its place', async () => {
    await listen()
    const before = await readFile(`${path}.key`)
    await expect(listenOnSocket({ path, onConnection: () => {} })).rejects.toBeInstanceOf(
      IdentifierConflictError,
    )
    expect(await readFile(`${path}.key`)).toEqual(before)
  })

  it('has a new secret after each start, so that a client of before is told to try again', async () => {
    const server = await listen()
    const before = await readFile(`${path}.key`)
    await server[Symbol.asyncDispose]()
    await listen()
    expect((await readFile(`${path}.key`)).equals(before)).toBe(false)
    await writeFile(join(folder, 'before.key'), before, { mode: 0o600 })
    await expect(connectSocket(path, { keyPath: join(folder, 'before.key') })).rejects.toThrow('try again')
  })

  it('closes those who still shake hands when it is closed', async () => {
    const server = await listen()
    const stranger = net.connect(path)
    await new Promise(resolve => stranger.once('data', resolve))
    const closed = new Promise(resolve => stranger.once('close', resolve))
    await server[Symbol.asyncDispose]()
    await closed
  })

  it('turns away those beyond its places, and lets others in when one has left', async () => {
    const accepted: Port[] = []
    servers.push(await listenOnSocket({ path, maxConnections: 1, onConnection: port => accepted.push(port) }))
    for (let round = 0; round < 3; round += 1) {
      const port = await connectSocket(path)
      await expect(connectSocket(path)).rejects.toThrow('The other side closed the socket')
      const left = new Promise<void>(resolve => accepted[round]?.onClose(resolve))
      accepted[round]?.start()
      port.close()
      await left
    }
  })

  it('does not stay open when its secret cannot be written', async () => {
    const keyPath = join(folder, 'no such folder', 'key')
    await expect(listenOnSocket({ path, keyPath, onConnection: () => {} })).rejects.toThrow('ENOENT')
    await expect(connectSocket(path)).rejects.toBeInstanceOf(TargetUnavailableError)
  })
})
