import { Socket } from 'node:net'
import { forkPort } from '../transports/process-channel.ts'
import { controlOverStream } from './remote-control.ts'
import { serveRemotePort } from './remote-port.ts'

/** The program of a forked child with a port under test; ends when the test ends its side of the control pipe. */
const control = new Socket({ fd: 4 })
control.on('close', () => process.exit())
// The test may be gone before the last word is out.
control.on('error', () => process.exit())
serveRemotePort(forkPort(process), controlOverStream(control))
