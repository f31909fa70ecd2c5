// What is refused before, and after, the application is ready.
import { app, BaseWindow, BrowserWindow, protocol, utilityProcess } from 'electron'
import { report } from '../shared/report.mjs'

const outcome = work => {
  try {
    work()
    return 'worked'
  } catch (error) {
    return error.message
  }
}
report('before', {
  isReady: app.isReady(),
  browserWindow: outcome(() => new BrowserWindow({ show: false })),
  baseWindow: outcome(() => new BaseWindow({ show: false })),
  fork: outcome(() => utilityProcess.fork(import.meta.filename)),
  schemes: outcome(() =>
    protocol.registerSchemesAsPrivileged([{ scheme: 'early', privileges: { standard: true } }]),
  ),
  enableSandbox: outcome(() => app.enableSandbox()),
  appendSwitch: outcome(() => app.commandLine.appendSwitch('conformance-switch', 'its value')),
})
let readyEvents = 0
app.on('ready', () => readyEvents++)
void app.whenReady().then(() => {
  report('after', {
    isReady: app.isReady(),
    readyEvents,
    schemes: outcome(() =>
      protocol.registerSchemesAsPrivileged([{ scheme: 'late', privileges: { standard: true } }]),
    ),
    enableSandbox: outcome(() => app.enableSandbox()),
    hasSwitch: app.commandLine.hasSwitch('conformance-switch'),
    value: app.commandLine.getSwitchValue('conformance-switch'),
  })
  app.quit()
})
