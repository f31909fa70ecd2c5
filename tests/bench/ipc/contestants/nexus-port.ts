import type { Port } from '../../../../ipc/port.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { forkPort } from '../../../../ipc/transports/process-channel.ts'
import { connectSocket } from '../../../../ipc/transports/socket.ts'
import { listenOnSocket } from '../../../../ipc/transports/socket-server.ts'
import type { Link } from '../transports/link.ts'
import { connectPatiently } from '../transports/plain-socket.ts'

/** The framework's own transports, as a program would open them. */
export function nexusPortOver(link: Link): Promise<Port> {
  switch (link.kind) {
    case 'port':
      return Promise.resolve(domPort(link.port))
    case 'channel':
      return Promise.resolve(forkPort(link.channel))
    case 'socket':
      return link.role === 'connects'
        ? connectPatiently(() => connectSocket(link.path))
        : new Promise((resolve, reject) => {
            listenOnSocket({ path: link.path, onConnection: resolve }).catch(reject)
          })
  }
}
