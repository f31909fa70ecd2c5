import { attachMain, createIpcRenderer, ipcMain } from '../electron-shim/electron.ts'
import { installElectronShim } from '../electron-shim/install.ts'
import type { Numbers, PageRecord } from '../payload.ts'
import { messagesOver } from '../transports/messages.ts'
import { type Contestant, createService, type Received } from './contestant.ts'

/** A renderer that calls main. Its notifications are Electron's own `send`: it adds none in this direction. */
export const tipc: Contestant = {
  remark: 'needs Electron: runs on a shim of ipcMain and ipcRenderer over the same messages',
  async answer(link) {
    installElectronShim()
    const { registerIpcMain, tipc } = await import('@egoist/tipc/main')
    const { procedure } = tipc.create()
    const service = createService()
    registerIpcMain({
      add: procedure.input<Numbers>().action(async ({ input }) => service.add(input)),
      echo: procedure.input<PageRecord>().action(async ({ input }) => service.echo(input)),
      received: procedure.action(async () => service.received()),
    })
    ipcMain.on('notify', (_, value) => service.notify(value))
    attachMain(await messagesOver(link))
  },
  async call(link, fail) {
    const { createClient } = await import('@egoist/tipc/renderer')
    const ipcRenderer = createIpcRenderer(await messagesOver(link))
    const client = createClient<Router>({ ipcInvoke: ipcRenderer.invoke as Invoke })
    return {
      add: (numbers, done) => void client.add(numbers).then(done, fail),
      echo: (record, done) => void client.echo(record).then(done, fail),
      notify: value => ipcRenderer.send('notify', value),
      received: done => void client.received(undefined).then(done, fail),
    }
  },
}

type Invoke = (channel: string, ...args: unknown[]) => Promise<never>

type ActionContext = { sender: Electron.WebContents }

type Procedure<Input, Result> = {
  readonly action: (options: { context: ActionContext; input: Input }) => Promise<Result>
}

type Router = {
  readonly add: Procedure<Numbers, number>
  readonly echo: Procedure<PageRecord, PageRecord>
  readonly received: Procedure<undefined, Received>
}
