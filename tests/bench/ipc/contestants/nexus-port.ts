import type { Port } from '../../../../ipc/port.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { connectSocket } from '../../../../ipc/transports/socket.ts'
import { listenOnSocket } from '../../../../ipc/transports/socket-server.ts'
import type { ChannelEnd, Link } from '../transports/link.ts'
import { connectPatiently } from '../transports/plain-socket.ts'

/** The framework's own transports; the channel of a child process, which the product never uses, is put under it here. */
export function nexusPortOver(link: Link): Promise<Port> {
  switch (link.kind) {
    case 'port':
      return Promise.resolve(domPort(link.port))
    case 'channel':
      return Promise.resolve(channelPort(link.channel))
    case 'socket':
      return link.role === 'connects'
        ? connectPatiently(() => connectSocket(link.path))
        : new Promise((resolve, reject) => {
            listenOnSocket({ path: link.path, onConnection: resolve }).catch(reject)
          })
  }
}

function channelPort(channel: ChannelEnd): Port {
  const listeners: ((packet: unknown) => void)[] = []
  return {
    leavesMemory: false,
    post: packet => void channel.send(packet),
    onMessage(listener) {
      const receive = (packet: unknown): void => listener(packet, 'none')
      listeners.push(receive)
      return { [Symbol.dispose]: () => void channel.off('message', receive) }
    },
    onClose(listener) {
      channel.once('disconnect', listener)
      return { [Symbol.dispose]: () => void channel.off('disconnect', listener) }
    },
    start: () => {
      for (const listener of listeners) channel.on('message', listener)
    },
    close: () => {},
  }
}
