// One application for every way to quit; CONFORMANCE_SCENARIO says which.
import { app, BrowserWindow } from 'electron'
import { report, reportEvents } from '../shared/report.mjs'

reportEvents('before-quit', 'will-quit', 'quit')

function openWindow(name = 'window') {
  const window = new BrowserWindow({ show: false })
  window.on('close', () => report(`${name} close`))
  window.on('closed', () => report(`${name} closed`))
  return window
}

const scenarios = {
  'quit with a window': () => {
    app.on('window-all-closed', () => report('window-all-closed'))
    openWindow()
    app.quit()
  },
  'before-quit prevented': () => {
    app.once('before-quit', event => {
      event.preventDefault()
      setTimeout(() => {
        report('still here')
        app.quit()
      }, 50)
    })
    app.quit()
  },
  'will-quit prevented': () => {
    app.once('will-quit', event => {
      event.preventDefault()
      setTimeout(() => {
        report('still here')
        app.quit()
      }, 50)
    })
    app.quit()
  },
  'close prevented': () => {
    const window = openWindow()
    window.once('close', event => {
      event.preventDefault()
      setTimeout(() => {
        report('still here')
        app.quit()
      }, 50)
    })
    app.quit()
  },
  'last window closes': () => {
    openWindow().close()
  },
  'last window closes, with a listener': () => {
    app.on('window-all-closed', () => {
      report('window-all-closed')
      setTimeout(() => {
        report('still here')
        app.quit()
      }, 50)
    })
    openWindow().close()
  },
  'exit with a code': () => {
    openWindow()
    app.on('quit', (_event, exitCode) => report('exit code', exitCode))
    app.exit(5)
  },
  'process exit': () => process.exit(6),
  'quit reports its code': () => {
    app.on('quit', (_event, exitCode) => report('exit code', exitCode))
    app.quit()
  },
  'an uncaught error with a listener': () => {
    process.on('uncaughtException', error => {
      report('caught', error.message)
      setTimeout(() => app.quit(), 10)
    })
    setTimeout(() => {
      throw new Error('nobody catches this')
    })
  },
  'a page that hangs': async () => {
    const window = openWindow()
    await window.loadURL('data:text/html,<p>x')
    void window.webContents.executeJavaScript('setTimeout(() => { for (;;); })')
    setTimeout(() => app.exit(0), 100)
  },
  'quit twice': () => {
    app.quit()
    app.quit()
  },
}

void app.whenReady().then(() => scenarios[process.env.CONFORMANCE_SCENARIO]())
