import type { AttachedTarget, ChromiumBrowser } from '../chromium/browser.ts'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'

export interface CreatePageOptions {
  readonly browserContextId: string | null
  readonly width: number
  readonly height: number
  /** Called before the page's first script; must only send commands, and not wait for any. */
  readonly prepare: (session: DevToolsSession, info: Protocol.Target.TargetInfo) => void
}

export interface PageTargetsListener {
  /** A page opened a page. The receiver resumes it. */
  popup(target: AttachedTarget): void
  /** A frame of another process was attached. The receiver resumes it. */
  frame(target: AttachedTarget): void
}

/** Hands every page and frame that Chromium attaches to its owner, before its first script. */
export class PageTargets {
  readonly #browser: ChromiumBrowser
  readonly #listener: PageTargetsListener
  readonly #unclaimed = new Map<string, AttachedTarget>()
  #creationsUnderWay = 0

  constructor(browser: ChromiumBrowser, listener: PageTargetsListener) {
    this.#browser = browser
    this.#listener = listener
  }

  async start(): Promise<void> {
    await this.#browser.autoAttach(target => this.#attached(target))
  }

  /** Opens a page of its own. It stays paused until `prepare` has sent its commands. */
  async create(options: CreatePageOptions): Promise<DevToolsSession> {
    this.#creationsUnderWay++
    let claimed: AttachedTarget | undefined
    try {
      const session = await this.#browser.createTarget({
        browserContextId: options.browserContextId,
        width: options.width,
        height: options.height,
      })
      claimed = this.#unclaimed.get(session.targetId ?? '')
      if (claimed) {
        this.#unclaimed.delete(claimed.info.targetId)
        options.prepare(session, claimed.info)
      } else {
        const { targetInfo } = await session.send('Target.getTargetInfo')
        options.prepare(session, targetInfo)
      }
      resume(session)
      return session
    } finally {
      this.#creationsUnderWay--
      this.#releaseUnclaimed()
    }
  }

  #attached(target: AttachedTarget): void {
    const { info } = target
    if (info.type === 'iframe') this.#listener.frame(target)
    else if (info.type !== 'page') resume(target.session)
    else if (info.url.startsWith('chrome:') || info.url.startsWith('devtools:')) resume(target.session)
    else if (info.openerId || this.#creationsUnderWay === 0) this.#listener.popup(target)
    else this.#unclaimed.set(info.targetId, target)
  }

  /** With no page of ours under way, what is left was opened by pages, without telling their opener. */
  #releaseUnclaimed(): void {
    if (this.#creationsUnderWay > 0) return
    const targets = [...this.#unclaimed.values()]
    this.#unclaimed.clear()
    for (const target of targets) this.#listener.popup(target)
  }
}

/** Lets a waiting page or frame run. */
export function resume(session: DevToolsSession): void {
  session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
}
