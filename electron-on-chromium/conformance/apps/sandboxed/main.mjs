// app.enableSandbox wins over a window that asks to be without.
import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, ipcMain } from 'electron'
import { report } from '../shared/report.mjs'

app.enableSandbox()
ipcMain.on('sandboxed', (_event, sandboxed) => {
  report('sandboxed', sandboxed)
  app.quit()
})
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: false, preload: fileURLToPath(new URL('./preload.cjs', import.meta.url)) },
  })
  void window.loadURL('data:text/html,<p>x')
})
