import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import os from 'node:os'
import type {
  GPUFeatureStatus,
  JumpListCategory,
  LoginItemSettings,
  ProcessMetric,
  RelaunchOptions,
} from 'electron'
import { Menu } from '../platform/menu.ts'
import { defineUnmade } from '../session/unmade-members.ts'
import { onUtilityGone } from '../utility/registry.ts'
import { CommandLineSwitches } from './command-line-switches.ts'
import { engineOrNull } from './engine.ts'
import { PreventableEvent } from './event.ts'
import { ApplicationMetrics } from './metrics.ts'
import { ApplicationPaths } from './paths.ts'
import { Quitting } from './quitting.ts'
import { SingleInstance } from './single-instance.ts'
import { unmadeAppMembers } from './unmade-members.ts'
import { webContentsRegistry } from './web-contents-registry.ts'
import { windowRegistry } from './window-registry.ts'

const furtherEnginePids = new Set<number>()

/** For the windowed face: its Chromium counts among the application's processes. */
export function registerEnginePid(pid: number): Disposable {
  furtherEnginePids.add(pid)
  return { [Symbol.dispose]: () => furtherEnginePids.delete(pid) }
}

function enginePids(): number[] {
  const engine = engineOrNull()
  return [...(engine && !engine.hasExited ? [engine.pid] : []), ...furtherEnginePids]
}

/** Electron's `app`. */
export class App extends EventEmitter {
  readonly commandLine = new CommandLineSwitches(process.argv.slice(1))
  readonly isPackaged = false
  readonly dock: undefined = undefined
  accessibilitySupportEnabled = false
  userAgentFallback = ''
  /** @internal */
  readonly quitting: Quitting
  readonly #paths: ApplicationPaths
  readonly #metrics = new ApplicationMetrics(enginePids)
  readonly #ready = Promise.withResolvers<void>()
  readonly #singleInstance: SingleInstance
  #isReady = false
  #name = 'Electron'
  #version = process.versions.electron ?? '0.0.0'
  #appPath = process.cwd()
  #badgeCount = 0
  #relaunchOnExit: RelaunchOptions | null = null
  #readyWanted = Promise.withResolvers<void>()

  constructor() {
    super()
    this.setMaxListeners(0)
    this.#paths = new ApplicationPaths(() => this.#name)
    const given = this.commandLine.getSwitchValue('user-data-dir')
    if (given) this.#paths.set('userData', given)
    this.quitting = new Quitting(this)
    this.#singleInstance = new SingleInstance(({ argv, workingDirectory, additionalData }) =>
      this.emit('second-instance', new PreventableEvent(), [...argv], workingDirectory, additionalData),
    )
    onUtilityGone(details => this.emit('child-process-gone', new PreventableEvent(), details))
    webContentsRegistry.onCreated(webContents => {
      webContents.on('render-process-gone', (_event, details) =>
        this.emit('render-process-gone', new PreventableEvent(), webContents, details),
      )
      this.emit('web-contents-created', new PreventableEvent(), webContents)
    })
    windowRegistry.listen({
      created: window => this.emit('browser-window-created', new PreventableEvent(), window),
      focused: window => this.emit('browser-window-focus', new PreventableEvent(), window),
      blurred: window => this.emit('browser-window-blur', new PreventableEvent(), window),
      allClosed: () => this.quitting.allWindowsClosed(),
    })
  }

  /** @internal What the application's package.json says, and where it lies. */
  describe(description: { readonly name?: string; readonly version?: string; readonly path: string }): void {
    if (description.name) this.#name = description.name
    if (description.version) this.#version = description.version
    this.#appPath = description.path
  }

  /** @internal Resolves when the application asked to be told of `ready`. */
  get readyWanted(): Promise<void> {
    return this.#readyWanted.promise
  }

  /** @internal */
  becomeReady(): void {
    this.emit('will-finish-launching')
    this.#isReady = true
    // Through the property: whoever starts the application (Playwright does) may hold the event back.
    this.emit('ready', new PreventableEvent(), {})
    this.#ready.resolve()
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    this.#readyWanted.resolve()
    return this.#ready.promise
  }

  get applicationMenu(): Menu | null {
    return Menu.getApplicationMenu()
  }

  set applicationMenu(menu: Menu | null) {
    Menu.setApplicationMenu(menu)
  }

  // Its end

  quit(): void {
    this.quitting.quit()
  }

  exit(exitCode = 0): void {
    this.quitting.exit(exitCode)
  }

  relaunch(options: RelaunchOptions = {}): void {
    this.#relaunchOnExit = options
  }

  /** @internal Called as the last thing of all. */
  startAgainIfWanted(): void {
    if (!this.#relaunchOnExit) return
    const { args = process.argv.slice(1), execPath = process.execPath } = this.#relaunchOnExit
    spawn(execPath, args, { detached: true, stdio: 'inherit' }).unref()
  }

  /** @internal */
  releaseLock(): void {
    this.#singleInstance.release()
  }

  // What it is called and where it lies

  get name(): string {
    return this.#name
  }

  set name(name: string) {
    this.#name = name
  }

  getName(): string {
    return this.#name
  }

  setName(name: string): void {
    this.#name = name
  }

  getVersion(): string {
    return this.#version
  }

  setVersion(version: string): void {
    this.#version = version
  }

  getAppPath(): string {
    return this.#appPath
  }

  setAppPath(path: string): void {
    this.#appPath = path
  }

  getPath(name: string): string {
    return this.#paths.get(name)
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path)
  }

  setAppLogsPath(path?: string): void {
    this.#paths.setLogs(path)
  }

  getLocale(): string {
    const given = this.commandLine.getSwitchValue('lang')
    if (given) return given
    return this.getSystemLocale()
  }

  getSystemLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale
  }

  getLocaleCountryCode(): string {
    return new Intl.Locale(this.getSystemLocale()).region ?? ''
  }

  getPreferredSystemLanguages(): string[] {
    return [this.getSystemLocale()]
  }

  // Instances

  requestSingleInstanceLock(additionalData?: Record<string, unknown>): boolean {
    return this.#singleInstance.acquire(this.getPath('userData'), {
      argv: process.argv,
      workingDirectory: process.cwd(),
      additionalData: additionalData ?? null,
    })
  }

  hasSingleInstanceLock(): boolean {
    return this.#singleInstance.isHeld
  }

  releaseSingleInstanceLock(): void {
    this.#singleInstance.release()
  }

  // Processes

  getAppMetrics(): ProcessMetric[] {
    return this.#metrics.read()
  }

  async getGPUInfo(_infoType: string): Promise<unknown> {
    const { gpu } = (await engineOrNull()?.root.send('SystemInfo.getInfo')) ?? { gpu: null }
    return { gpuDevice: gpu?.devices ?? [], auxAttributes: gpu?.auxAttributes ?? {} }
  }

  getGPUFeatureStatus(): GPUFeatureStatus {
    const off = 'disabled_off'
    return {
      '2d_canvas': 'software_only',
      flash_3d: off,
      flash_stage3d: off,
      flash_stage3d_baseline: off,
      gpu_compositing: 'disabled_software',
      multiple_raster_threads: 'enabled_on',
      native_gpu_memory_buffers: off,
      rasterization: 'disabled_software',
      video_decode: 'disabled_software',
      video_encode: 'disabled_software',
      vpx_decode: 'disabled_software',
      webgl: 'disabled_software',
      webgl2: 'disabled_software',
    } as GPUFeatureStatus
  }

  isHardwareAccelerationEnabled(): boolean {
    return !this.commandLine.hasSwitch('disable-gpu')
  }

  disableHardwareAcceleration(): void {
    this.#beforeReady('disableHardwareAcceleration')
    this.commandLine.appendSwitch('disable-gpu')
  }

  disableDomainBlockingFor3DAPIs(): void {
    this.#beforeReady('disableDomainBlockingFor3DAPIs')
  }

  /** Every page has its sandbox here, unless `--no-sandbox` was asked for. */
  enableSandbox(): void {
    this.#beforeReady('enableSandbox')
  }

  #beforeReady(method: string): void {
    if (this.#isReady) throw new Error(`app.${method}() can only be called before app is ready`)
  }

  // The desktop around it

  focus(): void {
    windowRegistry.all().at(-1)?.focus()
  }

  hide(): void {
    for (const window of windowRegistry.all()) window.hide()
  }

  show(): void {
    for (const window of windowRegistry.all()) window.show()
  }

  isHidden(): boolean {
    return windowRegistry.all().every(window => !window.isVisible())
  }

  addRecentDocument(_path: string): void {}
  clearRecentDocuments(): void {}

  setAsDefaultProtocolClient(_protocol: string): boolean {
    return false
  }

  removeAsDefaultProtocolClient(_protocol: string): boolean {
    return false
  }

  isDefaultProtocolClient(_protocol: string): boolean {
    return false
  }

  getApplicationNameForProtocol(_url: string): string {
    return ''
  }

  setBadgeCount(count = 0): boolean {
    this.#badgeCount = count
    return false
  }

  getBadgeCount(): number {
    return this.#badgeCount
  }

  get badgeCount(): number {
    return this.#badgeCount
  }

  set badgeCount(count: number) {
    this.setBadgeCount(count)
  }

  isUnityRunning(): boolean {
    return false
  }

  isEmojiPanelSupported(): boolean {
    return false
  }

  showEmojiPanel(): void {}

  getLoginItemSettings(): LoginItemSettings {
    return {
      openAtLogin: false,
      openAsHidden: false,
      wasOpenedAtLogin: false,
      wasOpenedAsHidden: false,
      restoreState: false,
      executableWillLaunchAtLogin: false,
      launchItems: [],
    } as unknown as LoginItemSettings
  }

  setLoginItemSettings(_settings: unknown): void {}
  setAboutPanelOptions(_options: unknown): void {}

  showAboutPanel(): void {
    console.log(`${this.#name} ${this.#version} on ${os.type()}`)
  }

  setDesktopName(_name: string): void {}
  setUserTasks(_tasks: unknown): boolean {
    return false
  }

  setJumpList(_categories: JumpListCategory[] | null): 'error' {
    return 'error'
  }
  isAccessibilitySupportEnabled(): boolean {
    return this.accessibilitySupportEnabled
  }

  setAccessibilitySupportEnabled(isEnabled: boolean): void {
    this.accessibilitySupportEnabled = isEnabled
  }

  isSecureKeyboardEntryEnabled(): boolean {
    return false
  }

  configureHostResolver(_options: unknown): void {}
  async setProxy(_config: unknown): Promise<void> {}
  async resolveProxy(_url: string): Promise<string> {
    return 'DIRECT'
  }
}

defineUnmade(App.prototype, 'app', unmadeAppMembers)

export const app = new App()
