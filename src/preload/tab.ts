import { contextBridge, ipcRenderer, webFrame } from 'electron'
import { pageContract } from '../../contracts/page.ts'
import { pageMediaContract } from '../../contracts/page-media.ts'
import { pageStateContract } from '../../contracts/page-state.ts'
import { introductionsFromMain, startRendererEndpoint } from '../../ipc/entry/renderer.ts'
import { lookAtPage } from './look-at-page.ts'
import { noteMediaActions } from './media-actions.ts'
import { FieldsOfPage } from './page-fields.ts'
import { PageMarks } from './page-marks.ts'
import { MediaOfPage } from './page-media.ts'
import { storedOf } from './page-session.ts'
import { SoundOfPage } from './page-sound.ts'
import { readPageWhenParsed } from './read-page-when-parsed.ts'

// The preload of every tab. It stays silent until main connects it, gives the page's own world nothing that it could
// use, and answers what there is to read on this page, what it asks for and what it plays, and marks passages of it. It
// hears from the start what a person fills in, and tells it to main alone, when the tab is to sleep.
const media = new MediaOfPage(
  document,
  navigator.mediaSession,
  noteMediaActions(script => contextBridge.executeInMainWorld(script)),
)
const sound = new SoundOfPage()
const fields = new FieldsOfPage(document)
startRendererEndpoint(
  introductionsFromMain(ipcRenderer),
  endpoint => {
    const marks = new PageMarks(document)
    endpoint.serve(pageContract, {
      read: () => readPageWhenParsed(document),
      signals: () => lookAtPage(document),
      freeMemory: () => {
        webFrame.clearCache()
        return {}
      },
      mark: ({ passages, current }) => ({ found: marks.mark(passages, current) }),
    })
    endpoint.serve(pageMediaContract, {
      state: () => media.state(),
      act: async ({ action }) => ({ isDone: await media.act(action) }),
      setAutoplay: ({ isBlocked }) => {
        media.setAutoplay(isBlocked)
        return {}
      },
      hear: () => sound.hear(media.playing()),
      setGain: ({ factor }) => {
        sound.setGain(media.playing(), factor)
        return {}
      },
    })
    endpoint.serve(pageStateContract, {
      holds: () => ({ ...fields.holds(), storesTooMuch: storedOf(window) === null }),
      capture: () => ({ ...fields.capture(), session: storedOf(window) ?? [] }),
      restore: ({ fields: kept }) => ({ restored: fields.restore(kept) }),
    })
  },
  { registrationTimeoutMs: null },
).catch((error: unknown) => console.error(error))
