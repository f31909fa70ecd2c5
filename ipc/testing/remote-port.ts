import type { Packet, Port, PostOptions } from '../port.ts'
import { Arrivals } from '../transports/arrivals.ts'
import { channelPort } from '../transports/channel-port.ts'

/** What the test tells the other thread or process to do with its port, and what that port tells the test. */
export type RemoteWord =
  | { readonly verb: 'post'; readonly packet: Packet; readonly transfer: readonly ArrayBuffer[] }
  | { readonly verb: 'start' | 'close' }
  | { readonly verb: 'arrived'; readonly packet: unknown }
  | { readonly verb: 'closed' }

/** How test and port talk beside the channel that is tested. Words keep their order. */
export interface RemoteControl {
  say(word: RemoteWord): void
  onWord(listener: (word: RemoteWord) => void): void
}

/** A port of another thread or process, as if it were here. */
export function remotePort(control: RemoteControl): Port {
  const arrivals = new Arrivals()
  control.onWord(word => {
    if (word.verb === 'arrived') arrivals.arrive(word.packet)
    else if (word.verb === 'closed') arrivals.end()
  })
  const port = channelPort(arrivals, {
    send: (packet: Packet, options: PostOptions | undefined) =>
      control.say({ verb: 'post', packet, transfer: options?.transfer ?? [] }),
    close: () => control.say({ verb: 'close' }),
  })
  return {
    ...port,
    start() {
      port.start()
      control.say({ verb: 'start' })
    },
  }
}

/** The other half: does with `port` what the test says. */
export function serveRemotePort(port: Port, control: RemoteControl): void {
  port.onMessage(packet => control.say({ verb: 'arrived', packet: packet as Packet }))
  port.onClose(() => control.say({ verb: 'closed' }))
  control.onWord(word => {
    if (word.verb === 'post') port.post(word.packet, { transfer: word.transfer })
    else if (word.verb === 'start') port.start()
    else if (word.verb === 'close') port.close()
  })
}
