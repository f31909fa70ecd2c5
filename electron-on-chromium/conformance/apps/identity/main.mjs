import { app } from 'electron'
import { report } from '../shared/report.mjs'

const outcome = work => {
  try {
    return work()
  } catch (error) {
    return `refused: ${error.message}`
  }
}
void app.whenReady().then(() => {
  report('identity', {
    name: app.getName(),
    version: app.getVersion(),
    appPath: app.getAppPath(),
    isPackaged: app.isPackaged,
    locale: typeof app.getLocale(),
    userData: app.getPath('userData'),
    sessionData: app.getPath('sessionData'),
    home: app.getPath('home'),
    temp: app.getPath('temp'),
    exe: app.getPath('exe'),
    unknown: outcome(() => app.getPath('no such path')),
    argv: process.argv,
    hasSwitch: app.commandLine.hasSwitch('given-switch'),
    switchValue: app.commandLine.getSwitchValue('given-switch'),
    absent: [app.commandLine.hasSwitch('absent'), app.commandLine.getSwitchValue('absent')],
    type: process.type,
    defaultApp: process.defaultApp,
    resourcesPath: typeof process.resourcesPath,
    versions: [process.versions.electron, process.versions.chrome],
  })
  app.setName('renamed')
  report('renamed', [app.getName(), app.name])
  app.quit()
})
