import { dialog } from 'electron'
import { systemClock } from '../../../ipc/clock.ts'
import type { Application } from '../../application.ts'
import { chromeAddress } from '../../security/chrome-scheme.ts'
import { endProcess } from '../end-process.ts'
import { lossReason } from '../loss-reason.ts'
import { ChromeSupervisor } from './chrome-supervisor.ts'
import { givenUpWords, stoppedWords } from './policies.ts'

const spokenName = 'The window'

/** Looks after the page that draws the window of the running browser. */
export function superviseChrome(application: Application): ChromeSupervisor {
  const { window, parts } = application
  const contents = window.chrome.webContents
  const supervisor = new ChromeSupervisor({
    clock: systemClock,
    hands: {
      get pid() {
        return window.chromePid
      },
      load() {
        // A page that cannot be loaded says no hello, which is noticed.
        if (!contents.isDestroyed()) contents.loadURL(chromeAddress).catch(() => {})
      },
      end() {
        const pid = window.chromePid
        if (pid !== null) endProcess(pid)
      },
    },
    onCrash: isGivenUp => {
      if (isGivenUp) void offerWayOut(application, supervisor)
      else application.notify({ id: 'chrome', tone: 'info', message: stoppedWords(spokenName, 'chrome') })
    },
    noteEnd: (pid, cause) => parts.processes.book.noteEnd(pid, cause),
    noteStep: step => parts.processes.launches.note('chrome', step),
  })
  contents.on('render-process-gone', (_event, details) => {
    const exit = { reason: lossReason(details.reason), exitCode: details.exitCode }
    // Not inside the event: recovering there has crashed browsers (https://github.com/electron/electron/pull/51900).
    setImmediate(() => supervisor.gone(exit))
  })
  contents.on('unresponsive', () => supervisor.setResponsive(false))
  contents.on('responsive', () => supervisor.setResponsive(true))
  return supervisor
}

/** Where nothing can be drawn, the system's own question is what is left. */
async function offerWayOut(application: Application, supervisor: ChromeSupervisor): Promise<void> {
  const message = givenUpWords(spokenName, 'chrome')
  application.log({ level: 'error', message })
  if (application.isHeadless) return
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: `${spokenName} of Nexus stopped too often.`,
    detail: 'Pages are not affected. Your tabs are kept and come back with the next start.',
    buttons: ['Try again', 'Quit Nexus'],
    defaultId: 0,
    cancelId: 0,
  })
  if (response === 1) application.quit()
  else supervisor.restart()
}
