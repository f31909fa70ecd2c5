import { controlContract } from '../contracts/control.ts'
import { controlKeyPath } from '../contracts/control-path.ts'
import type { Client } from '../ipc/client.ts'
import { createEndpoint } from '../ipc/endpoint.ts'
import { IpcError } from '../ipc/errors.ts'
import { identity } from '../ipc/identity.ts'
import { connectSocket } from '../ipc/transports/socket.ts'

/** A connection to the running browser. */
export interface Session extends Disposable {
  readonly control: Client<typeof controlContract>
  /** Settles when the browser has gone away. */
  readonly ended: Promise<void>
}

/** The listener knows who connects by the secret of its socket; these names are only for our own side. */
const self = identity('cli', 'cli')
const controller = identity('controller', 'controller')

/** What the system says when nobody listens there. */
const nobodyThere = new Set(['ENOENT', 'ECONNREFUSED'])

/** Connects to the browser that listens at this path; null when there is none. Throws when there is one out of reach. */
export async function connectSession(socketPath: string): Promise<Session | null> {
  try {
    const port = await connectSocket(socketPath, { keyPath: controlKeyPath(socketPath) })
    const endpoint = createEndpoint({ identity: self })
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    endpoint.connect(port, controller).onClose(() => resolve())
    return {
      control: endpoint.client(controlContract, controller.id),
      ended,
      [Symbol.dispose]: () => endpoint[Symbol.dispose](),
    }
  } catch (error) {
    if (error instanceof IpcError && isNobodyThere(error.cause)) return null
    throw error
  }
}

function isNobodyThere(cause: unknown): boolean {
  return (
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && nobodyThere.has(cause.code)
  )
}
