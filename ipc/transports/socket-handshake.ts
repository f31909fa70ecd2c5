import type { Clock } from '../clock.ts'
import { TimeoutError } from '../errors.ts'
import type { SessionKeys } from './secure-channel.ts'
import type { HandshakeLink } from './secure-handshake.ts'
import type { SocketStream } from './socket-stream.ts'

/** Generous for a machine under load; whoever takes longer holds a place that others need. */
export const handshakeDeadlineMs = 5_000
/** How long a refusal has to leave. */
const lastWritesMs = 1_000

/**
 * Lets `meet` talk through a socket that nothing has read from yet, and leaves what follows unread. When it fails or takes
 * longer than the deadline, the socket is destroyed: a peer that says nothing holds nothing.
 */
export async function shakeHands(
  stream: SocketStream,
  clock: Clock,
  meet: (link: HandshakeLink) => Promise<SessionKeys>,
): Promise<SessionKeys> {
  const { socket } = stream
  const deadline = clock.after(handshakeDeadlineMs, () =>
    stream.fail(
      new TimeoutError(`The other side of the socket did not shake hands in ${handshakeDeadlineMs} ms`),
    ),
  )
  try {
    return await meet({ read: bytes => stream.take(bytes), write: bytes => socket.write(bytes) })
  } catch (error) {
    // A peer that does not read why it is refused is cut off.
    socket.end(() => socket.destroy())
    clock.after(lastWritesMs, () => socket.destroy())
    throw error
  } finally {
    deadline[Symbol.dispose]()
  }
}
