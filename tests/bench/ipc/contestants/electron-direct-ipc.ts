import { createRequire } from 'node:module'
import { installElectronShim } from '../electron-shim/install.ts'
import { PortFace } from '../electron-shim/port-face.ts'
import type { Numbers, PageRecord } from '../payload.ts'
import type { Link } from '../transports/link.ts'
import { messagesOver } from '../transports/messages.ts'
import { type Contestant, createService, type Received } from './contestant.ts'

type Calls = {
  add: (numbers: Numbers) => number
  echo: (record: PageRecord) => PageRecord
  received: () => Received
}

type Notes = { notify: (value: number) => void }

/** Two of its renderers with a port between them, as its main process would have given them. */
export const electronDirectIpc: Contestant = {
  remark:
    'needs Electron: two DirectIpcRenderers with a shim for ipcRenderer and, beside MessagePorts, for the port',
  async answer(link) {
    const renderer = await rendererOver(link, { self: 2, peer: 1 })
    const service = createService()
    renderer.handle('add', (_, numbers) => service.add(numbers))
    renderer.handle('echo', (_, record) => service.echo(record))
    renderer.handle('received', () => service.received())
    renderer.on('notify', (_, value) => service.notify(value))
  },
  async call(link, fail) {
    const renderer = await rendererOver(link, { self: 1, peer: 2 })
    const target = { webContentsId: 2 }
    return {
      add: (numbers, done) => void renderer.invoke(target, 'add', numbers).then(done, fail),
      echo: (record, done) => void renderer.invoke(target, 'echo', record).then(done, fail),
      notify: value => void renderer.send(target, 'notify', value).catch(fail),
      received: done => void renderer.invoke(target, 'received').then(done, fail),
    }
  },
}

async function rendererOver(link: Link, { self, peer }: { readonly self: number; readonly peer: number }) {
  installElectronShim()
  // Its ESM build imports without file endings, which only bundlers resolve.
  const require = createRequire(import.meta.url)
  const { DirectIpcRenderer }: typeof import('electron-direct-ipc/renderer') =
    require('electron-direct-ipc/renderer')
  const { DIRECT_IPC_CHANNELS }: typeof import('electron-direct-ipc/common') =
    require('electron-direct-ipc/common')
  const port = link.kind === 'port' ? link.port : new PortFace(await messagesOver(link))
  const describe = (id: number) => ({
    id,
    webContentsId: id,
    identifier: `renderer-${id}`,
    processType: 'renderer',
  })
  const map = [describe(self), describe(peer)]
  const listeners = new Map<string, (event: object, message: object) => void>()
  const ipcRenderer = {
    on: (channel: string, listener: (event: object, message: object) => void) =>
      void listeners.set(channel, listener),
    invoke: async (channel: string) => (channel === DIRECT_IPC_CHANNELS.SUBSCRIBE ? map : true),
  }
  const renderer = DirectIpcRenderer._createInstance<Notes, Calls>(
    { identifier: `renderer-${self}`, log: {} },
    // It uses these two functions of it only.
    { ipcRenderer: ipcRenderer as never },
  )
  listeners.get(DIRECT_IPC_CHANNELS.MAP_UPDATE)?.({}, { map })
  listeners.get(DIRECT_IPC_CHANNELS.PORT_MESSAGE)?.({ ports: [port] }, { sender: describe(peer) })
  return renderer
}
