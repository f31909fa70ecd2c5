import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import type { Frame } from './frame-queue.ts'

/** JPEG while things move: fast to make and to read. */
const movingQuality = 70
/** A view that has not changed for so long gets one lossless picture, so that its text is crisp. */
const quietAfterMs = 220

/** Timers, handed in so that tests decide about time. */
export interface Timers {
  set(callback: () => void, delayMs: number): unknown
  clear(timer: unknown): void
}

export const realTimers: Timers = {
  set: (callback, delayMs) => setTimeout(callback, delayMs).unref(),
  clear: timer => clearTimeout(timer as NodeJS.Timeout),
}

/** A frame as it was cast, and the lossless picture of the same. */
interface Still {
  readonly data: string
  readonly frame: Frame
}

/** Enough for a caret that blinks, or a button under the pointer. */
const keptStills = 3

/**
 * The pictures of one view while it is shown: frames as they are drawn, and a lossless still once the view is
 * quiet. A view that does not change sends nothing and costs nothing; one that goes to and fro between a few
 * looks, as with a caret that blinks, is shown by the stills taken of them.
 */
export class ViewCast implements Disposable {
  readonly #viewId: number
  readonly #session: DevToolsSession
  readonly #push: (frame: Frame) => void
  readonly #format: 'jpeg' | 'png'
  readonly #zoomOf: (page: { readonly width: number; readonly height: number }) => number
  readonly #timers: Timers
  readonly #frames: Disposable
  #quietTimer: unknown = null
  #isRunning = false
  #lastData = ''
  #stills: readonly Still[] = []
  #zoom = 1
  /** Frames so far. */
  #looks = 0

  constructor(options: {
    viewId: number
    session: DevToolsSession
    push: (frame: Frame) => void
    format: 'jpeg' | 'png'
    /** How many pixels of the window a CSS pixel of a page of that size takes. */
    zoomOf: (page: { readonly width: number; readonly height: number }) => number
    timers?: Timers
  }) {
    this.#viewId = options.viewId
    this.#session = options.session
    this.#push = options.push
    this.#format = options.format
    this.#zoomOf = options.zoomOf
    this.#timers = options.timers ?? realTimers
    this.#frames = this.#session.on('Page.screencastFrame', frame => {
      this.#session.send('Page.screencastFrameAck', { sessionId: frame.sessionId }).catch(() => {})
      // Taking a still makes Chromium cast the same once more.
      if (this.#isRunning && frame.data !== this.#lastData) this.#cast(frame.data, frame.metadata)
    })
  }

  start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#lastData = ''
    this.#session
      .send('Page.startScreencast', { format: this.#format, quality: movingQuality, everyNthFrame: 1 })
      .catch(() => {})
  }

  /**
   * The view has another size. Chromium drops frames that nobody has acknowledged yet, so that under load the first
   * picture of the new size may never come, and nothing else may move: it is fetched once the view is quiet.
   */
  sizeChanged(): void {
    if (!this.#isRunning) return
    this.#timers.clear(this.#quietTimer)
    this.#quietTimer = this.#timers.set(() => void this.#takeStill(null), quietAfterMs)
  }

  stop(): void {
    if (!this.#isRunning) return
    this.#isRunning = false
    this.#timers.clear(this.#quietTimer)
    this.#session.send('Page.stopScreencast').catch(() => {})
  }

  [Symbol.dispose](): void {
    this.stop()
    this.#frames[Symbol.dispose]()
  }

  #cast(data: string, metadata: Protocol.Page.ScreencastFrameMetadata): void {
    this.#lastData = data
    this.#looks += 1
    this.#timers.clear(this.#quietTimer)
    const known = this.#stills.find(still => still.data === data)
    if (known) {
      this.#push(known.frame)
      return
    }
    const page = { width: metadata.deviceWidth, height: metadata.deviceHeight }
    this.#zoom = this.#zoomOf(page)
    this.#push({
      viewId: this.#viewId,
      width: Math.round(page.width * this.#zoom),
      height: Math.round(page.height * this.#zoom),
      picture: Buffer.from(data, 'base64'),
    })
    const isLossless = this.#format === 'png' && this.#zoom === 1
    if (!isLossless) this.#quietTimer = this.#timers.set(() => void this.#takeStill(data), quietAfterMs)
  }

  /** `data` is the frame that looks the same; null when it is not known. */
  async #takeStill(data: string | null): Promise<void> {
    const look = this.#looks
    try {
      const { data: still } = await this.#session.send('Page.captureScreenshot', {
        format: 'png',
        optimizeForSpeed: true,
      })
      // Something changed meanwhile: this may be a picture of before or after.
      if (!this.#isRunning || look !== this.#looks) return
      const picture = Buffer.from(still, 'base64')
      const size = pngSize(picture)
      if (!size) return
      const frame = { viewId: this.#viewId, ...size, picture }
      if (data !== null) this.#stills = [{ data, frame }, ...this.#stills].slice(0, keptStills)
      this.#push(frame)
    } catch {
      // A page that is going away has no picture.
    }
  }
}

function pngSize(picture: Buffer): { width: number; height: number } | null {
  if (picture.length < 24) return null
  return { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) }
}
