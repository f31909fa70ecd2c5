import { existsSync, readFileSync, statSync } from 'node:fs'
import Module, { createRequire, findPackageJSON } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ChromiumBrowser } from '../chromium/browser.ts'
import { type LaunchOptions, launchChromium } from '../chromium/launch.ts'
import { chromiumVersion } from '../launcher/runtime.ts'
import { attachPageBridge } from '../messaging/attach-page-bridge.ts'
import { installSessions, session } from '../session/index.ts'
import { hostResolverRules } from '../session/scheme-mapping.ts'
import { createWindowedFace } from '../windowed/windowed-face.ts'
import { app, registerEnginePid } from './app.ts'
import { setDefaultWindowTitle } from './base-window.ts'
import { connectPlatform, readScreen } from './connect-platform.ts'
import { setPageServices } from './contents-page.ts'
import { engineOrNull, setEngine } from './engine.ts'
import { PreventableEvent } from './event.ts'
import type { Face } from './face.ts'
import { createHeadlessFace } from './headless-face.ts'
import { setAttachPageBridge } from './page-bridge.ts'
import { PageTargets, resume } from './page-targets.ts'
import { watchRendererExits } from './renderer-exit.ts'
import { watchServices } from './service-watch.ts'
import { setApplicationPath, setWebRtcPolicy } from './web-contents.ts'
import { webContentsRegistry } from './web-contents-registry.ts'
import { routePopup } from './window-open.ts'
import { windowRegistry } from './window-registry.ts'

/** A main module may await `whenReady()` at its top level: then ready must not wait for it to finish. */
const graceMs = 50

/** Runs the application at that path: its main module, then Chromium, then `ready`. */
export async function startApplication(appPath: string | null): Promise<void> {
  const entry = appPath === null ? null : locate(appPath)
  if (!entry) {
    process.stderr.write(`electron-on-chromium: no application at ${appPath ?? 'the command line'}\n`)
    process.exit(1)
  }
  app.describe(entry)
  setApplicationPath(() => app.getAppPath())
  setWebRtcPolicy(() => app.commandLine.getSwitchValue('webrtc-ip-handling-policy') || 'default')
  setDefaultWindowTitle(() => app.name)
  connectPlatform(app, isWindowed)
  quitOnSignals()
  const loaded = load(entry.main)
  loaded.catch((error: unknown) => failed(error))
  await Promise.race([
    loaded,
    app.readyWanted.then(() => new Promise(resolve => setTimeout(resolve, graceMs))),
  ])
  await startEngine()
  app.becomeReady()
}

interface Entry {
  readonly path: string
  readonly main: string
  readonly name?: string
  readonly version?: string
}

/** The main module, by package.json's `main` or as given. null: there is none. */
function locate(appPath: string): Entry | null {
  const resolve = createRequire(path.join(appPath, 'electron')).resolve
  try {
    const main = resolve(appPath)
    const manifestPath = path.join(appPath, 'package.json')
    if (!statSync(appPath).isDirectory() || !existsSync(manifestPath))
      return { path: path.dirname(main), main }
    const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'))
    const field = (name: string): string | undefined => {
      const value = (manifest as Record<string, unknown>)[name]
      return typeof value === 'string' ? value : undefined
    }
    const name = field('productName') ?? field('name')
    const version = field('version')
    return { path: appPath, main, ...(name ? { name } : {}), ...(version ? { version } : {}) }
  } catch {
    return null
  }
}

async function load(main: string): Promise<void> {
  if (isEsModule(main)) await import(pathToFileURL(main).href)
  // As the main module, so that `require.main === module` holds.
  else
    (Module as unknown as { _load(file: string, parent: null, isMain: boolean): unknown })._load(
      main,
      null,
      true,
    )
}

function isEsModule(main: string): boolean {
  if (/\.m[jt]s$/.test(main)) return true
  if (!/\.[jt]s$/.test(main)) return false
  const manifestPath = findPackageJSON(pathToFileURL(main))
  if (!manifestPath) return false
  const manifest: unknown = JSON.parse(readFileSync(manifestPath, 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'type' in manifest && manifest.type === 'module'
}

function failed(error: unknown): void {
  process.stderr.write('App threw an error during load\n')
  if (process.listenerCount('uncaughtException') > 0) process.emit('uncaughtException', error as Error)
  else {
    console.error(error)
    process.exit(1)
  }
}

async function startEngine(): Promise<void> {
  if (isWindowed()) await readScreen()
  const face = openFace()
  const switches = app.commandLine.forChromium()
  if (app.commandLine.hasSwitch('no-sandbox'))
    process.stderr.write('electron-on-chromium: Chromium runs without its sandbox, as --no-sandbox asks\n')
  const ownRules = app.commandLine.getSwitchValue('host-resolver-rules') || null
  const browser = await launchChromium({
    headless: true,
    userDataDir: path.join(app.getPath('sessionData'), 'Chromium'),
    extraArgs: [
      ...userAgentSwitch(),
      ...switches.filter(each => !each.startsWith('--host-resolver-rules=')),
      `--host-resolver-rules=${hostResolverRules(ownRules)}`,
    ],
  })
  setEngine(browser)
  browser.onExit(() => {
    if (app.quitting.isQuitting) return
    process.stderr.write('electron-on-chromium: Chromium has gone away\n')
    process.exit(1)
  })
  browser.onErrorLine(line => relayDevToolsLine(line))
  for (const line of browser.lastErrorLines) relayDevToolsLine(line)
  watchRendererExits(browser)
  const services = watchServices(browser.pid, details =>
    app.emit('child-process-gone', new PreventableEvent(), details),
  )
  const sessions = await installSessions(browser, {
    webContentsOfTarget: targetId => webContentsRegistry.fromTarget(targetId) ?? null,
    emitOnApp: (event, ...args) => void app.emit(event, ...args),
    isListenedOnApp: event => app.listenerCount(event) > 0,
    downloadsPath: () => app.getPath('downloads'),
    userDataPath: () => app.getPath('userData'),
  })
  app.quitting.addCloser(() => services[Symbol.dispose]())
  app.quitting.addCloser(() => sessions[Symbol.dispose]())
  app.quitting.addCloser(() => face.close())
  const targets = new PageTargets(browser, {
    popup: routePopup,
    frame: target => {
      const pageTarget = sessions.frames.pageTargetOf(target.info.parentFrameId ?? '')
      const owner = pageTarget ? webContentsRegistry.fromTarget(pageTarget) : undefined
      sessions.attach(target)
      if (owner) owner.attachFrame(target)
      else resume(target.session)
    },
  })
  setAttachPageBridge(attachPageBridge)
  setPageServices({
    targets,
    defaultSession: () => session.defaultSession,
    sessionFromPartition: partition => session.fromPartition(partition),
    hasForeignDebugger: app.commandLine.hasSwitch('remote-debugging-port'),
  })
  await targets.start()
}

/** As Electron's: pages and servers are told which application they deal with. */
function userAgentSwitch(): string[] {
  if (app.commandLine.hasSwitch('user-agent')) return []
  const name = app.name.replace(/\s+/g, '')
  const application = /^[\x21-\x7e]+$/.test(name) ? `${name}/${app.getVersion()} ` : ''
  const userAgent = `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) ${application}Chrome/${chromiumVersion()} Electron/${process.versions.electron} Safari/537.36`
  app.userAgentFallback ||= userAgent
  return [`--user-agent=${app.userAgentFallback}`]
}

function openFace(): Face {
  const face = isWindowed()
    ? createWindowedFace({
        launchChromium: launchCompositor,
        log: line => process.stderr.write(`electron-on-chromium: ${line}\n`),
        viewsBrowser: engineOrNull,
      })
    : createHeadlessFace()
  windowRegistry.setFace(face)
  return face
}

function isWindowed(): boolean {
  if (process.env.STANDIN_HEADLESS === '1' || app.commandLine.hasSwitch('headless')) return false
  return (process.env.DISPLAY ?? '') !== ''
}

async function launchCompositor(options: LaunchOptions): Promise<ChromiumBrowser> {
  const browser = await launchChromium(options)
  const registration = registerEnginePid(browser.pid)
  browser.onExit(() => registration[Symbol.dispose]())
  return browser
}

/** Whoever started us with --remote-debugging-port waits for this line. */
function relayDevToolsLine(line: string): void {
  if (line.startsWith('DevTools listening on ')) process.stderr.write(`${line}\n`)
}

function quitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      app.quit()
    })
}
