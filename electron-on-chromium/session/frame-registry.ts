import type { AttachedTarget, ChromiumBrowser } from '../chromium/browser.ts'

/** How long pages may take to name their frames. */
const lookUpLimitMs = 500

interface KnownTarget {
  readonly targetId: string
  readonly type: string
  readonly browserContextId: string | null
}

/** A service worker that runs. */
interface RunningWorker {
  readonly versionId: number
  readonly browserContextId: string | null
  url: string
}

interface KnownFrame {
  /** The target in which the frame was seen: its page, or the out-of-process frame around it. */
  readonly targetId: string
  readonly parentFrameId: string | null
}

/**
 * Tells for a frame id (or the id of a worker) that DevTools mentions to which page and to which browser context
 * it belongs. Requests are attributed to sessions by it, so it never guesses: what it does not know has no session.
 */
export class FrameRegistry implements Disposable {
  readonly #browser: ChromiumBrowser
  readonly #targets = new Map<string, KnownTarget>()
  readonly #frames = new Map<string, KnownFrame>()
  readonly #workers = new Map<string, RunningWorker>()
  #lastVersionId = 0
  readonly #disposables = new DisposableStack()

  constructor(browser: ChromiumBrowser) {
    this.#browser = browser
  }

  async start(): Promise<void> {
    const { root } = this.#browser
    this.#disposables.use(
      root.on('Target.targetCreated', ({ targetInfo }) => {
        this.#targets.set(targetInfo.targetId, {
          targetId: targetInfo.targetId,
          type: targetInfo.type,
          browserContextId: targetInfo.browserContextId ?? null,
        })
        if (targetInfo.type === 'service_worker') {
          this.#lastVersionId += 1
          this.#workers.set(targetInfo.targetId, {
            versionId: this.#lastVersionId,
            browserContextId: targetInfo.browserContextId ?? null,
            url: targetInfo.url,
          })
        }
        if (targetInfo.parentFrameId)
          this.#frames.set(targetInfo.targetId, {
            targetId: targetInfo.targetId,
            parentFrameId: targetInfo.parentFrameId,
          })
      }),
    )
    this.#disposables.use(
      root.on('Target.targetInfoChanged', ({ targetInfo }) => {
        const worker = this.#workers.get(targetInfo.targetId)
        if (worker) worker.url = targetInfo.url
      }),
    )
    this.#disposables.use(root.on('Target.targetDestroyed', ({ targetId }) => this.#forgetTarget(targetId)))
    await root.send('Target.setDiscoverTargets', { discover: true, filter: [{}] })
  }

  /** Follows the frames of a page or out-of-process frame. Sends without waiting. */
  attach({ session, info }: AttachedTarget): void {
    this.#targets.set(info.targetId, {
      targetId: info.targetId,
      type: info.type,
      browserContextId: info.browserContextId ?? null,
    })
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) =>
      this.#frames.set(frameId, { targetId: info.targetId, parentFrameId }),
    )
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason !== 'swap') this.#frames.delete(frameId)
    })
    session.send('Page.enable').catch(() => {})
  }

  /** The service workers that run, of whatever session. */
  get workers(): readonly Readonly<RunningWorker>[] {
    return [...this.#workers.values()]
  }

  /** The browser context of a frame or worker: its id, or undefined when it cannot be told. */
  async contextOf(frameId: string): Promise<string | undefined> {
    const known = this.knownContextOf(frameId)
    if (known !== undefined) return known
    await this.#lookUp(frameId)
    return this.knownContextOf(frameId)
  }

  /** The same, of what is known at once. */
  knownContextOf(frameId: string): string | undefined {
    const targetId = this.#targets.has(frameId) ? frameId : this.#frames.get(frameId)?.targetId
    return targetId === undefined ? undefined : (this.#targets.get(targetId)?.browserContextId ?? undefined)
  }

  /** The target of the page around a frame; null for workers and for frames that are gone. */
  pageTargetOf(frameId: string): string | null {
    let current: string | null = frameId
    for (let depth = 0; current !== null && depth < 64; depth++) {
      if (this.#targets.get(current)?.type === 'page') return current
      const frame: KnownFrame | undefined = this.#frames.get(current)
      current = frame?.parentFrameId ?? null
    }
    return null
  }

  [Symbol.dispose](): void {
    this.#disposables.dispose()
  }

  /** A frame older than our attaching to its page: asks the pages for their frames. */
  async #lookUp(frameId: string): Promise<void> {
    const { targetInfos } = await this.#browser.root.send('Target.getTargets', { filter: [{}] })
    for (const info of targetInfos)
      this.#targets.set(info.targetId, {
        targetId: info.targetId,
        type: info.type,
        browserContextId: info.browserContextId ?? null,
      })
    if (this.#targets.has(frameId)) return
    // A page that hangs, or waits for its start, does not answer: the request must not wait with it.
    let timer: NodeJS.Timeout | undefined
    const impatience = new Promise<void>(resolve => {
      timer = setTimeout(resolve, lookUpLimitMs)
    })
    const answers = targetInfos.map(async ({ targetId }) => {
      const session = this.#browser.sessionOf(targetId)
      const tree = await session?.send('Page.getFrameTree').catch(() => null)
      if (tree) this.#remember(targetId, tree.frameTree)
    })
    await Promise.race([Promise.all(answers), impatience])
    clearTimeout(timer)
  }

  #remember(targetId: string, tree: FrameTree): void {
    this.#frames.set(tree.frame.id, { targetId, parentFrameId: tree.frame.parentId ?? null })
    for (const child of tree.childFrames ?? []) this.#remember(targetId, child)
  }

  #forgetTarget(targetId: string): void {
    this.#workers.delete(targetId)
    this.#targets.delete(targetId)
    for (const [frameId, frame] of this.#frames) if (frame.targetId === targetId) this.#frames.delete(frameId)
  }
}

interface FrameTree {
  readonly frame: { readonly id: string; readonly parentId?: string }
  readonly childFrames?: readonly FrameTree[]
}
