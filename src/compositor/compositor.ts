import type { Area, Notice } from '../../contracts/browser.ts'
import type { Appearance, Frame, Surface } from '../../contracts/compositor.ts'
import { compositorContract } from '../../contracts/compositor.ts'
import type { GpuReport } from '../../contracts/gpu-facts.ts'
import type { MeaningMap, OverviewTabs } from '../../contracts/overview-scene.ts'
import type { Settings } from '../../contracts/storage.ts'
import type { Client } from '../../ipc/client.ts'
import type { Clock } from '../../ipc/clock.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Log } from '../../ipc/log.ts'
import { givenUpWords, stoppedWords } from '../processes/supervision/policies.ts'
import {
  type CompositorCrash,
  type CompositorHands,
  CompositorProcess,
  type CompositorProcessOptions,
} from './compositor-process.ts'
import { FrameStore } from './frame-store.ts'

/** The page of the compositor, and where it is shown. */
export interface CompositorStage extends CompositorHands, Disposable {
  /** Lays the page over the page area and gives it the keyboard, or takes it away. */
  show(isShown: boolean): void
  /** Lays the page over a part of the window, without the keyboard; null takes it away. */
  float(area: Area | null): void
}

export interface CompositorOptions {
  readonly endpoint: Endpoint
  /** Made for each process, the first when it is needed. */
  readonly makeStage: (process: CompositorProcess) => CompositorStage
  readonly engine: () => GpuReport['engine']
  readonly log: Log
  readonly clock?: Clock
  readonly notify: (notice: Pick<Notice, 'tone' | 'message'>) => void
  readonly noteEnd?: CompositorProcessOptions['noteEnd']
  readonly noteStep?: CompositorProcessOptions['noteStep']
}

/** What is said of a tab in small. */
export interface PreviewedTab {
  readonly id: string
  readonly title: string
  readonly detail: string
}

/** What the person sees of the compositor when a surface is open. */
interface Opened {
  readonly surface: Surface
  readonly query: string
}

/**
 * Main's side of the compositor: what it is to draw, kept so that it can be told all of it again. Its process begins with
 * the first picture or the first opening. Nothing here throws when the process is away: what it missed it is told when
 * it comes back.
 */
export class Compositor implements Disposable {
  readonly process: CompositorProcess
  readonly client: Client<typeof compositorContract>
  readonly #options: CompositorOptions
  readonly #missingListeners = new Set<(tabIds: readonly string[]) => void>()
  readonly #frames = new FrameStore()
  #stage: CompositorStage | null = null
  #tabs: OverviewTabs = { tabs: [], groups: [], activeTabId: null }
  #map: MeaningMap | null = null
  #appearance: Appearance = { theme: 'system', graphics: 'automatic' }
  #opened: Opened | null = null
  #previewed = 0

  constructor(options: CompositorOptions) {
    this.#options = options
    this.client = options.endpoint.client(compositorContract, endpointId('compositor'))
    const pid = (): number | null => this.#stage?.pid ?? null
    this.process = new CompositorProcess({
      hands: {
        get pid() {
          return pid()
        },
        load: () => this.#load(),
        end: () => this.#stage?.end(),
      },
      ping: () => this.client.ping({}, { deadlineMs: pingDeadlineMs }),
      onReady: () => this.#tellAll(),
      onCrash: crash => this.#reportCrash(crash),
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      ...(options.noteEnd === undefined ? {} : { noteEnd: options.noteEnd }),
      ...(options.noteStep === undefined ? {} : { noteStep: options.noteStep }),
    })
    this.client.on('framesWanted', ({ tabIds }) => this.#sendFrames(tabIds))
    this.client.on('queryChanged', ({ surface, query }) => {
      if (this.#opened?.surface === surface) this.#opened = { surface, query }
    })
  }

  /** The surface that lies over the page area; null shows the page. */
  get surface(): Surface | null {
    return this.#opened?.surface ?? null
  }

  /** How it is to look and to draw, by the settings. */
  follow(settings: Pick<Settings, 'theme' | 'softwareGraphics'>): void {
    const graphics = settings.softwareGraphics
      ? 'software'
      : this.process.isFaulty
        ? 'softwareAfterFaults'
        : 'automatic'
    if (this.#appearance.theme === settings.theme && this.#appearance.graphics === graphics) return
    this.#appearance = { theme: settings.theme, graphics }
    this.#tell(() => this.client.setAppearance(this.#appearance))
  }

  /** All tabs there are, in the order of the strip. */
  setTabs(tabs: OverviewTabs): void {
    this.#tabs = tabs
    for (const tabId of this.#frames.keepOnly(new Set(tabs.tabs.map(tab => tab.id))))
      this.#tell(() => this.client.forgetFrame({ tabId }))
    // A hidden compositor is told when it opens: what nobody looks at needs no message.
    if (this.#opened !== null) this.#tell(() => this.client.setTabs(tabs))
  }

  /** The newest picture of a tab. It is passed on also while nothing is open, so that an opening need not wait for it. */
  putFrame(frame: Frame): void {
    this.#frames.put(frame)
    // Pictures come all the time; one that cannot run is tried again when a person wants to see something.
    if (!this.process.isGivenUp) this.process.ensureRunning()
    this.#tell(() => this.client.putFrame(frame))
  }

  /**
   * Gives back what pictures take of the graphics memory while nobody looks at them: they are sent again when it opens.
   * False when there is nothing to give.
   */
  freePictures(): boolean {
    if (this.#opened !== null || !this.process.isReady) return false
    const pictured = this.#tabs.tabs.filter(({ id }) => this.#frames.get(id) !== null)
    for (const { id: tabId } of pictured) this.#tell(() => this.client.forgetFrame({ tabId }))
    return pictured.length > 0
  }

  hasFrame(tabId: string): boolean {
    return this.#frames.get(tabId) !== null
  }

  /** Calls `listener` with tabs whose pictures are to be drawn and were never given, until it is disposed. */
  onFramesMissing(listener: (tabIds: readonly string[]) => void): Disposable {
    this.#missingListeners.add(listener)
    return { [Symbol.dispose]: () => void this.#missingListeners.delete(listener) }
  }

  setMap(map: MeaningMap): void {
    this.#map = map
    if (this.#opened?.surface === 'map') this.#tell(() => this.client.setMap(map))
  }

  /** Answers of `queryChanged`: what belongs to the query by text or meaning, best first. */
  setMatches(surface: Surface, query: string, ids: readonly string[]): void {
    this.#tell(() => this.client.setMatches({ surface, query, ids: [...ids] }))
  }

  /** Shows a surface over the page area. Resolves when it stands; it comes by itself when the process comes back. */
  async open(surface: Surface, query = ''): Promise<void> {
    this.#previewed += 1
    this.#opened = { surface, query }
    this.#stage?.show(true)
    this.process.ensureRunning()
    this.process.setBusy(true)
    if (this.process.isReady) await this.#showOpened()
  }

  /** Takes the surface away. Resolves when its movement is done. */
  async close(): Promise<void> {
    if (this.#opened === null) return
    this.#opened = null
    if (this.process.isReady) await this.client.close({}, { deadlineMs: closingDeadlineMs }).catch(() => {})
    // It may have been opened again meanwhile.
    if (this.#opened !== null) return
    this.process.setBusy(false)
    this.#stage?.show(false)
  }

  /** The picture of a tab, as wide as asked or less; null when there is none. */
  async thumbnail(tabId: string, width: number): Promise<{ mediaType: string; bytes: Uint8Array } | null> {
    const frame = this.#frames.get(tabId)
    if (frame === null) return null
    this.process.ensureRunning()
    return await this.client.thumbnail({ tabId, width })
  }

  /** Shows a tab in small over a part of the window; null takes it away. Does nothing while a surface is open. */
  async preview(tab: PreviewedTab | null, area: Area | null): Promise<void> {
    if (this.#opened !== null || !this.process.isReady) return
    this.#previewed += 1
    const number = this.#previewed
    if (tab === null || area === null) {
      this.#stage?.float(null)
      return
    }
    await this.client.setPreview({ tab })
    if (this.#previewed === number && this.#opened === null) this.#stage?.float(area)
  }

  async report(): Promise<GpuReport> {
    const { state, pid, restarts } = this.process.facts()
    const graphics = this.process.isReady ? await this.client.facts({}).catch(() => null) : null
    const isSoftware = graphics === null ? this.process.isFaulty : graphics.path === 'software'
    return { process: { state, pid, restarts, isSoftware }, engine: this.#options.engine(), graphics }
  }

  [Symbol.dispose](): void {
    this.process[Symbol.dispose]()
    this.#stage?.[Symbol.dispose]()
  }

  /** Each process gets a view of its own: one whose process has gone is not used again. */
  #load(): void {
    const old = this.#stage
    const stage = this.#options.makeStage(this.process)
    this.#stage = stage
    if (this.#opened !== null) stage.show(true)
    stage.load()
    old?.[Symbol.dispose]()
  }

  /** Everything that a new process needs to know. */
  #tellAll(): void {
    this.#tell(() => this.client.setAppearance(this.#appearance))
    if (this.#opened === null) return
    this.#showOpened().catch(error => this.#logFailure(error))
  }

  async #showOpened(): Promise<void> {
    const opened = this.#opened
    if (opened === null) return
    this.#tell(() => this.client.setTabs(this.#tabs))
    if (opened.surface === 'map' && this.#map !== null) {
      const map = this.#map
      this.#tell(() => this.client.setMap(map))
    }
    await this.client.open(opened)
  }

  #sendFrames(tabIds: readonly string[]): void {
    const missing: string[] = []
    for (const tabId of tabIds) {
      const frame = this.#frames.get(tabId)
      if (frame === null) missing.push(tabId)
      else this.#tell(() => this.client.putFrame(frame))
    }
    if (missing.length > 0) for (const listener of this.#missingListeners) listener(missing)
  }

  /** The engine lost its graphics process too often: from now on nothing here needs it. */
  graphicsLost(): void {
    if (!this.process.distrustGraphics()) return
    this.#drawPlainly("The engine's graphics process")
    this.#tell(() => this.client.setAppearance(this.#appearance))
  }

  #reportCrash({ isGivenUp, isNowSoftware }: CompositorCrash): void {
    if (isGivenUp) {
      this.#options.notify({ tone: 'problem', message: givenUpWords(spokenName, 'compositor') })
      void this.close()
    } else if (isNowSoftware) {
      this.#drawPlainly(spokenName)
    } else {
      this.#options.notify({ tone: 'info', message: stoppedWords(spokenName, 'compositor') })
    }
  }

  #drawPlainly(what: string): void {
    if (this.#appearance.graphics === 'automatic')
      this.#appearance = { ...this.#appearance, graphics: 'softwareAfterFaults' }
    this.#options.notify({
      tone: 'warning',
      message: `${what} stopped three times. Nexus draws without the graphics processor until it is restarted.`,
    })
  }

  /** Says something to a process that runs; one that does not is told when it does. */
  #tell(say: () => Promise<unknown>): void {
    if (this.process.isReady) say().catch(error => this.#logFailure(error))
  }

  #logFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : 'unknown error'
    this.#options.log({
      level: 'warning',
      message: `The compositor did not take what it was told: ${reason}`,
    })
  }
}

const spokenName = 'The graphics helper'
/** A page that draws for the first time may hold its thread for long on a slow machine. */
const pingDeadlineMs = 15_000
/** A closing movement takes a fraction of this; a process that does not answer must not keep the page covered. */
const closingDeadlineMs = 1_000
