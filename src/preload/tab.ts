import { ipcRenderer } from 'electron'
import { pageContract } from '../../contracts/page.ts'
import { introductionsFromMain, startRendererEndpoint } from '../../ipc/entry/renderer.ts'
import { lookAtPage } from './look-at-page.ts'
import { PageMarks } from './page-marks.ts'
import { readPageWhenParsed } from './read-page-when-parsed.ts'

// The preload of every tab. It stays silent until main connects it, gives the page's own world nothing at all, and
// answers what there is to read on this page and what it asks for, and marks passages of it.
startRendererEndpoint(
  introductionsFromMain(ipcRenderer),
  endpoint => {
    const marks = new PageMarks(document)
    endpoint.serve(pageContract, {
      read: () => readPageWhenParsed(document),
      signals: () => lookAtPage(document),
      mark: ({ passages, current }) => ({ found: marks.mark(passages, current) }),
    })
  },
  { registrationTimeoutMs: null },
).catch((error: unknown) => console.error(error))
