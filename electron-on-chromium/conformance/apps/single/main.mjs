import { app } from 'electron'
import { report } from '../shared/report.mjs'

const additional = process.env.CONFORMANCE_DATA ? JSON.parse(process.env.CONFORMANCE_DATA) : undefined
const got = app.requestSingleInstanceLock(additional)
report('lock', got)
app.on('second-instance', (_event, argv, workingDirectory, data) => {
  report('second-instance', { argv, workingDirectory, data, hasLock: app.hasSingleInstanceLock() })
  if (data?.release) {
    app.releaseSingleInstanceLock()
    report('released', app.hasSingleInstanceLock())
  }
  if (data?.quit) app.quit()
})
if (!got) app.quit()
else void app.whenReady().then(() => report('ready'))
