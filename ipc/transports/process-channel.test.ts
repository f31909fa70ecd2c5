import { EventEmitter, once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import type { Port } from '../port.ts'
import { withParentPortFace, withUtilityProcessFace } from '../testing/electron-faces.ts'
import { startForkedChild } from '../testing/forked-child.ts'
import type { PortThreadData } from '../testing/port-thread.ts'
import { controlOverPort } from '../testing/remote-control.ts'
import { remotePort } from '../testing/remote-port.ts'
import {
  type ForkChannel,
  forkPort,
  parentPortPort,
  threadPort,
  utilityProcessPort,
} from './process-channel.ts'

function closeOf(port: Port): Promise<void> {
  return new Promise(resolve => void port.onClose(resolve))
}

it('tells of a child process that died', async () => {
  const { child, near } = startForkedChild()
  near.start()
  const closing = closeOf(near)
  child.kill('SIGKILL')
  await closing
  near.post('nobody is there')
})

it('lets megabytes leave before it disconnects from a child, which goes on without the channel', async () => {
  const { child, near, far, end } = startForkedChild()
  const received: unknown[] = []
  far.onMessage(packet => received.push(packet))
  far.start()
  const closing = closeOf(far)
  for (let index = 0; index < 8; index += 1) near.post('a'.repeat(1_000_000))
  near.close()
  await closing
  expect(received.map(packet => String(packet).length)).toEqual(Array.from({ length: 8 }, () => 1_000_000))
  expect([child.connected, child.exitCode]).toEqual([false, null])
  await end()
})

it('is closed from the start in a process that was not forked', async () => {
  const emitter = new EventEmitter()
  const channel: ForkChannel = Object.assign(emitter, {
    connected: false,
    disconnect: () => emitter.emit('no'),
  })
  const port = forkPort(channel)
  await closeOf(port)
  port.post('nobody is there')
  port.close()
})

it('tells of a worker that ended, and does not keep one alive after the close', async () => {
  const { port1, port2: control } = new MessageChannel()
  const worker = new Worker(new URL('../testing/port-thread.ts', import.meta.url), {
    workerData: { control } satisfies PortThreadData,
    transferList: [control],
  })
  const near = threadPort(worker)
  const far = remotePort(controlOverPort(port1))
  const farClosing = closeOf(far)
  near.close()
  await farClosing
  // With neither channel nor control there is nothing left to stay for.
  port1.close()
  expect(await once(worker, 'exit')).toEqual([0])

  const ending = new Worker('', { eval: true })
  await closeOf(threadPort(ending))
})

it('tells main of a utility process that exited, while what it said before still arrives', async () => {
  const { port1, port2 } = new MessageChannel()
  const main = utilityProcessPort(withUtilityProcessFace(port1))
  const service = parentPortPort(withParentPortFace(port2))
  const received: unknown[] = []
  main.onMessage(packet => received.push(packet))
  service.post('last words')
  port2.close()
  await once(port1, 'close')
  expect(received).toEqual([])
  const closing = closeOf(main)
  main.start()
  await closing
  expect(received).toEqual(['last words'])
})
