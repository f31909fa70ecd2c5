import { ipcRenderer } from 'electron'
import { pageContract } from '../../contracts/page.ts'
import { introductionsFromMain, startRendererEndpoint } from '../../ipc/entry/renderer.ts'
import { readPageWhenParsed } from './read-page-when-parsed.ts'

// The preload of every tab. It stays silent until main connects it, gives the page's own world nothing at all, and
// answers one question: what is there to read on this page.
startRendererEndpoint(
  introductionsFromMain(ipcRenderer),
  endpoint => {
    endpoint.serve(pageContract, { read: () => readPageWhenParsed(document) })
  },
  { registrationTimeoutMs: null },
).catch((error: unknown) => console.error(error))
