import { EventEmitter } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { ElectronMessagePort } from '../transports/electron-port.ts'
import type { ParentPortChannel, UtilityProcessChannel } from '../transports/process-channel.ts'

/** A Node port as Electron shows one: an emitter whose messages are events with `data`. */
export function withElectronFace(port: MessagePort): ElectronMessagePort {
  const emitter = new EventEmitter()
  port.on('close', () => emitter.emit('close'))
  return Object.assign(emitter, {
    postMessage: (message: unknown) => port.postMessage(message),
    // Messages wait until `start`, as they do in Electron.
    start: () => void port.on('message', data => emitter.emit('message', { data })),
    close: () => port.close(),
  })
}

/** A Node port as main sees a utility process: messages are bare, and the end is an exit. */
export function withUtilityProcessFace(port: MessagePort): UtilityProcessChannel {
  const emitter = new EventEmitter()
  port.on('message', data => emitter.emit('message', data))
  port.on('close', () => emitter.emit('exit', 0))
  return Object.assign(emitter, { postMessage: (message: unknown) => port.postMessage(message) })
}

/** A Node port as a utility process sees its `parentPort`: messages are events, and there is no end. */
export function withParentPortFace(port: MessagePort): ParentPortChannel {
  const emitter = new EventEmitter()
  port.on('message', data => emitter.emit('message', { data, ports: [] }))
  return Object.assign(emitter, { postMessage: (message: unknown) => port.postMessage(message) })
}
