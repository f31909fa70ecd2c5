import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import type { Port } from '../port.ts'
import { forkPort } from '../transports/process-channel.ts'
import { controlOverStream } from './remote-control.ts'
import { remotePort } from './remote-port.ts'

/** A child process with the far end of its fork channel under test. */
export interface ForkedChild {
  readonly child: ChildProcess
  readonly near: Port
  readonly far: Port
  /** Lets the child end and waits for it. */
  end(): Promise<void>
}

export function startForkedChild(): ForkedChild {
  const child = fork(new URL('port-child.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc', 'pipe'],
  })
  const control = child.stdio[4] as Duplex
  // The child may be gone before the last word is out.
  control.on('error', () => {})
  return {
    child,
    near: forkPort(child),
    far: remotePort(controlOverStream(control)),
    async end() {
      control.destroy()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
