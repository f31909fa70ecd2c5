import { controlKeyPath, controlSocketPath } from '../../contracts/control-path.ts'
import { identity } from '../../ipc/identity.ts'
import type { Log } from '../../ipc/log.ts'
import { externalTarget } from '../../ipc/target.ts'
import { listenOnSocket, type SocketServer } from '../../ipc/transports/socket-server.ts'
import type { Application } from '../application.ts'
import { serveControl } from './control-service.ts'

/**
 * Opens the control socket for the command line. Whoever gets a connection is this user: the socket's folder lets nobody
 * else in, and its secret is in a file that nobody else can read. Each connection is a peer of its own.
 */
export async function startControlServer(
  application: Application,
  userDataFolder: string,
  log: Log,
): Promise<SocketServer> {
  const { switchboard } = application
  let connections = 0
  serveControl(switchboard.endpoint, application)
  const path = controlSocketPath(userDataFolder)
  return listenOnSocket({
    path,
    keyPath: controlKeyPath(path),
    log,
    onConnection: port => {
      connections += 1
      const peer = identity(`cli:${connections}`, 'cli')
      const { connection } = switchboard.adopt(externalTarget(peer), port)
      connection.onClose(() => {
        application.sampler.unwatch(peer.id)
        application.diagnostics.forget(peer.id)
      })
    },
  })
}
