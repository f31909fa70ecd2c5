import type { DevToolsSession } from '../chromium/devtools.ts'
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

/**
 * The pictures of one view while it is shown: frames as they are drawn, and a lossless still once the view is
 * quiet. A view that does not change sends nothing and costs nothing.
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
  #frameCount = 0
  #stillAt = -1
  #zoom = 1

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
      if (!this.#isRunning) return
      this.#frameCount++
      this.#pushPicture(frame.data, frame.metadata.deviceWidth, frame.metadata.deviceHeight)
      this.#awaitQuiet()
    })
  }

  get session(): DevToolsSession {
    return this.#session
  }

  start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#session
      .send('Page.startScreencast', { format: this.#format, quality: movingQuality, everyNthFrame: 1 })
      .catch(() => {})
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

  #awaitQuiet(): void {
    if (this.#format === 'png' && this.#zoom === 1) return
    this.#timers.clear(this.#quietTimer)
    this.#quietTimer = this.#timers.set(() => void this.#takeStill(), quietAfterMs)
  }

  async #takeStill(): Promise<void> {
    const frameCount = this.#frameCount
    // Taking the picture may itself cause a frame; that one is not a change.
    if (frameCount <= this.#stillAt + 1) return
    this.#stillAt = frameCount
    try {
      const { data } = await this.#session.send('Page.captureScreenshot', {
        format: 'png',
        optimizeForSpeed: true,
      })
      if (!this.#isRunning || this.#frameCount > frameCount + 1) return
      const picture = Buffer.from(data, 'base64')
      const size = pngSize(picture)
      if (size) this.#push({ viewId: this.#viewId, ...size, picture })
    } catch {
      // A page that is going away has no picture.
    }
  }

  #pushPicture(data: string, width: number, height: number): void {
    this.#zoom = this.#zoomOf({ width, height })
    const zoom = this.#zoom
    this.#push({
      viewId: this.#viewId,
      width: Math.round(width * zoom),
      height: Math.round(height * zoom),
      picture: Buffer.from(data, 'base64'),
    })
  }
}

function pngSize(picture: Buffer): { width: number; height: number } | null {
  if (picture.length < 24) return null
  return { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) }
}
