import { isMainThread, type MessagePort, workerData } from 'node:worker_threads'
import { contestantNamed } from './contestants/all.ts'
import type { ChannelEnd, Link } from './transports/link.ts'

/** Entry of the thread or process that answers. A failure ends it, which fails the cell. */
const link = isMainThread ? linkOfProcess() : linkOfThread(workerData)
await (await contestantNamed(link.contestant)).answer(link.link)

interface Task {
  readonly contestant: string
  readonly link: Link
}

function linkOfThread(data: { readonly contestant: string; readonly port: MessagePort }): Task {
  return { contestant: data.contestant, link: { kind: 'port', port: data.port } }
}

/** `answerer.ts <contestant> [path of a socket]`; without a path the channel to the parent is the link. */
function linkOfProcess(): Task {
  const [contestant = '', path] = process.argv.slice(2)
  // Node gives `send` to a process that was forked, as this one was; its parent's death ends it.
  process.on('disconnect', () => process.exit(0))
  if (path !== undefined) return { contestant, link: { kind: 'socket', path, role: 'listens' } }
  return { contestant, link: { kind: 'channel', channel: process as ChannelEnd } }
}
