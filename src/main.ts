import path from 'node:path'
import { app, protocol } from 'electron'
import { Application } from './application.ts'
import { readLaunchOptions } from './launch-options.ts'
import { startControlServer } from './messaging/control-server.ts'
import { confineEngine } from './network/engine-switches.ts'
import { registerChromeScheme } from './security/chrome-scheme.ts'
import { guardAllContents } from './security/contents-guard.ts'
import { isOwn } from './security/sessions.ts'
import { terminalLog } from './terminal-log.ts'
import { setApplicationMenu } from './windows/application-menu.ts'

// The start of the browser in one screenful: what must happen before the engine is ready, then the application, then the
// ways in (a second start, the command line) and the way out.

/** Whatever does not end by then is ended: a browser that was closed must not stay behind. */
const quitDeadlineMs = 8_000

const userDataFolder = process.env.NEXUS_USER_DATA
if (userDataFolder !== undefined && userDataFolder !== '')
  app.setPath('userData', path.resolve(userDataFolder))

app.enableSandbox()
confineEngine(app.commandLine)
registerChromeScheme(protocol)

const args = process.argv.slice(app.isPackaged ? 1 : 2)
if (!app.requestSingleInstanceLock({ args })) {
  console.error('Nexus is running already with this profile; the request was handed to it.')
  app.exit(0)
} else {
  await app.whenReady()
  await run()
}

async function run(): Promise<void> {
  const { isHeadless, urls } = readLaunchOptions(args)
  const buildFolder = path.join(app.getAppPath(), 'build')
  setApplicationMenu()
  performance.mark('nexus/willStart')
  const application = new Application({
    isHeadless,
    buildFolder,
    modelsFolder: modelsFolder(),
    userDataFolder: app.getPath('userData'),
    log: terminalLog,
    onQuit: () => app.quit(),
  })
  guardAllContents(app, isOwn, (contents, request, certificate) =>
    application.parts.sites.security.judgeCertificate(contents, request, certificate),
  )
  const control = await startControlServer(application, app.getPath('userData'), terminalLog).catch(
    (error: unknown) => {
      terminalLog({ level: 'error', message: `The command line cannot reach this browser: ${String(error)}` })
      return null
    },
  )

  app.on('second-instance', (_event, _argv, _folder, data) => {
    for (const url of readLaunchOptions(argsOf(data)).urls) application.openFromInput(url)
    application.window.window.focus()
  })
  app.on('window-all-closed', () => app.quit())

  // A fault in one corner must not close every tab; it is said, and the rest goes on.
  process.on('uncaughtException', error => {
    terminalLog({ level: 'error', message: `A fault in the core: ${error.stack ?? error.message}` })
    application.notify({
      id: 'core:fault',
      tone: 'problem',
      message: 'Something inside Nexus failed. Tabs go on.',
    })
  })

  let isStopped = false
  app.on('before-quit', event => {
    if (isStopped) return
    event.preventDefault()
    isStopped = true
    setTimeout(() => app.exit(0), quitDeadlineMs)
    void Promise.allSettled([control?.[Symbol.asyncDispose](), application[Symbol.asyncDispose]()]).then(() =>
      app.quit(),
    )
  })
  process.on('SIGTERM', () => app.quit())
  process.on('SIGINT', () => app.quit())

  await application.start(urls)
  performance.mark('nexus/didStart')
}

function argsOf(data: unknown): string[] {
  if (typeof data !== 'object' || data === null || !('args' in data) || !Array.isArray(data.args)) return []
  return data.args.filter(one => typeof one === 'string')
}

/** The models that ship with the application. In a checkout, `NEXUS_MODELS` may point to others. */
function modelsFolder(): string {
  const chosen = process.env.NEXUS_MODELS
  return chosen === undefined || chosen === '' || app.isPackaged
    ? path.join(app.getAppPath(), 'assets', 'models')
    : path.resolve(chosen)
}
