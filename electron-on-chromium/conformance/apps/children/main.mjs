// Has a page and a utility process, tells their pids, and waits to be killed.
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, utilityProcess } from 'electron'
import { report } from '../shared/report.mjs'

void app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false })
  await window.loadURL('data:text/html,<p>x')
  const child = utilityProcess.fork(fileURLToPath(new URL('./child.cjs', import.meta.url)))
  await new Promise(resolve => child.once('message', resolve))
  const pids = app.getAppMetrics().map(({ pid }) => pid)
  report('pids', {
    main: process.pid,
    page: window.webContents.getOSProcessId(),
    utility: child.pid,
    metrics: pids,
  })
  if (process.env.CONFORMANCE_QUIT) app.quit()
})
