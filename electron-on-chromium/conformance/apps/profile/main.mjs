// Writes to, or reads from, the storage of its sessions, to show what outlives it.
import { app, BrowserWindow, session } from 'electron'
import { report } from '../shared/report.mjs'

const partitions = ['', 'persist:kept', 'in-memory']

void app.whenReady().then(async () => {
  const found = {}
  for (const partition of partitions) {
    const window = new BrowserWindow({ show: false, webPreferences: partition ? { partition } : {} })
    await window.loadURL(process.env.CONFORMANCE_PAGE)
    const code = "const before = localStorage.getItem('mark'); localStorage.setItem('mark', 'left'); before"
    const storage = await window.webContents.executeJavaScript(
      `(() => { ${code.replace('; before', '; return before')} })()`,
    )
    const { cookies } = partition ? session.fromPartition(partition) : session.defaultSession
    const [cookie] = await cookies.get({ name: 'mark' })
    await cookies.set({
      url: process.env.CONFORMANCE_PAGE,
      name: 'mark',
      value: 'left',
      expirationDate: Date.now() / 1000 + 9999,
    })
    await cookies.flushStore()
    found[partition || 'default'] = { storage, cookie: cookie?.value ?? null }
  }
  report('found', found)
  app.quit()
})
app.on('window-all-closed', () => {})
