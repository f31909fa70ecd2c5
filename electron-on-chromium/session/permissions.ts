import type { Session as ElectronSession, WebContents } from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { DevToolsSession, Protocol } from '../chromium/devtools.ts'
import { originFromEngine } from './headers.ts'
import type { WebContentsLike } from './host.ts'
import {
  descriptorsOf,
  grantablePermissions,
  isPermissionName,
  type MediaType,
  type PermissionName,
  permissionNames,
  permissionRows,
} from './permission-names.ts'
import { permissionScripts } from './permission-script.ts'
import { fromEngineUrl } from './scheme-mapping.ts'

// As Electron declares them: handlers are given the stand-in's own webContents, which has the members of Electron's
// that are made.
export type PermissionRequestHandler = NonNullable<
  Parameters<ElectronSession['setPermissionRequestHandler']>[0]
>
export type PermissionCheckHandler = NonNullable<Parameters<ElectronSession['setPermissionCheckHandler']>[0]>

interface Frame {
  readonly frameId: string
  /** As Chromium knows it. */
  readonly origin: string
}

interface AttachedPage {
  readonly target: AttachedTarget
  isAsking: boolean
  readonly frameByContext: Map<number, Frame>
}

/**
 * The permissions of one session. Without handlers everything is allowed, as in Electron. With a handler Chromium
 * denies everything to every origin of the session, and a permission is opened to one origin when the handlers
 * allowed it.
 */
export class Permissions {
  readonly #root: DevToolsSession
  readonly #context: () => string | null | undefined
  readonly #webContentsOfFrame: (frameId: string) => WebContentsLike | null
  readonly #scripts = permissionScripts()
  readonly #pages = new Set<AttachedPage>()
  readonly #checkedOrigins = new Set<string>()
  #requestHandler: PermissionRequestHandler | null = null
  #checkHandler: PermissionCheckHandler | null = null
  #applied: Promise<unknown> = Promise.resolve()

  constructor(options: {
    readonly root: DevToolsSession
    /** The browser context (null: the default one); undefined before it was made. */
    readonly context: () => string | null | undefined
    readonly webContentsOfFrame: (frameId: string) => WebContentsLike | null
  }) {
    this.#root = options.root
    this.#context = options.context
    this.#webContentsOfFrame = options.webContentsOfFrame
  }

  /** Resolves when what the handlers demand is in force in Chromium. */
  get applied(): Promise<unknown> {
    return this.#applied
  }

  setRequestHandler(handler: PermissionRequestHandler | null): void {
    this.#requestHandler = handler
    this.#apply()
  }

  setCheckHandler(handler: PermissionCheckHandler | null): void {
    this.#checkHandler = handler
    this.#apply()
  }

  /** Puts the defaults of the session in force; when its browser context was made. */
  start(browserContextId: string | null): Promise<unknown> {
    const isGuarded = this.#requestHandler !== null || this.#checkHandler !== null
    this.#checkedOrigins.clear()
    const context = browserContextId === null ? {} : { browserContextId }
    // Sent without waiting in between: a page can do nothing before the last of them.
    this.#root.send('Browser.resetPermissions', context).catch(() => {})
    this.#applied = this.#root
      .send('Browser.grantPermissions', {
        ...context,
        permissions: isGuarded ? [] : [...grantablePermissions],
      })
      .catch((error: unknown) => {
        if (!this.#root.isDetached) console.error('Failed to set the permissions of a session:', error)
      })
    return this.#applied
  }

  attach(target: AttachedTarget): void {
    const page: AttachedPage = { target, isAsking: false, frameByContext: new Map() }
    this.#pages.add(page)
    const { session } = target
    session.onDetached(() => this.#pages.delete(page))
    session.on('Page.frameNavigated', ({ frame }) => {
      this.#check({ frameId: frame.id, origin: frame.securityOrigin }, frame.url)
    })
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string }
      if (context.name === this.#scripts.worldName && frameId !== undefined)
        page.frameByContext.set(context.id, { frameId, origin: context.origin })
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      page.frameByContext.delete(executionContextId),
    )
    session.on('Runtime.bindingCalled', event => {
      if (event.name === this.#scripts.bindingName) this.#asked(page, event).catch(() => {})
    })
    if (this.#requestHandler) this.#askIn(page)
  }

  #apply(): void {
    const browserContextId = this.#context()
    // A session whose browser context is not made yet is started with its handlers.
    if (browserContextId === undefined) return
    this.start(browserContextId)
    for (const page of this.#pages) if (this.#requestHandler) this.#askIn(page)
  }

  /** Makes the questions of a page visible. Sends without waiting: the page may be waiting for its start. */
  #askIn(page: AttachedPage): void {
    if (page.isAsking) return
    page.isAsking = true
    const { session } = page.target
    const { worldName, bindingName, mainSource, isolatedSource } = this.#scripts
    const commands = [
      session.send('Runtime.enable'),
      session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainSource, runImmediately: true }),
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source: isolatedSource,
        worldName,
        runImmediately: true,
      }),
    ]
    for (const command of commands) command.catch(() => {})
  }

  /** Asks the check handler about a new origin, ahead of the page: Chromium's answers to it are synchronous. */
  #check(frame: Frame, url: string): void {
    if (!this.#checkHandler || !/^https?:\/\//.test(frame.origin)) return
    if (this.#checkedOrigins.has(frame.origin)) return
    this.#checkedOrigins.add(frame.origin)
    const webContents = this.#webContentsOfFrame(frame.frameId)
    for (const permission of permissionNames) {
      const isAllowed = this.#isCheckPassed(webContents, permission, frame, url)
      // Where a request handler is in charge too, only its own answer opens anything.
      const isDecided = !this.#requestHandler || permissionRows[permission].decidedBy === 'check'
      if (isAllowed && isDecided) this.#set(frame.origin, permission, null, true)
    }
  }

  #isCheckPassed(
    webContents: WebContentsLike | null,
    permission: PermissionName,
    frame: Frame,
    url: string,
  ): boolean {
    if (!this.#checkHandler) return true
    const securityOrigin = `${originFromEngine(frame.origin)}/`
    return Boolean(
      this.#checkHandler(webContents as WebContents | null, permission, securityOrigin, {
        isMainFrame: webContents !== null && this.#isMainFrame(frame),
        requestingUrl: fromEngineUrl(url),
        ...(permission === 'media' ? { securityOrigin, mediaType: 'unknown' as const } : {}),
      }),
    )
  }

  #isMainFrame(frame: Frame): boolean {
    return [...this.#pages].some(
      ({ target: { info } }) => info.type === 'page' && info.targetId === frame.frameId,
    )
  }

  async #asked(page: AttachedPage, event: Protocol.Runtime.BindingCalledEvent): Promise<void> {
    const question = parseQuestion(event.payload)
    const frame = page.frameByContext.get(event.executionContextId)
    if (!question) return
    const isGranted = frame ? await this.#decide(frame, question) : false
    await page.target.session.send('Runtime.evaluate', {
      expression: this.#scripts.answer(question.id, isGranted),
      contextId: event.executionContextId,
    })
  }

  async #decide(frame: Frame, { permission, mediaTypes }: Question): Promise<boolean> {
    const handler = this.#requestHandler
    const webContents = this.#webContentsOfFrame(frame.frameId)
    if (!handler || !webContents) return false
    const securityOrigin = `${originFromEngine(frame.origin)}/`
    const isGranted = await new Promise<boolean>(resolve =>
      handler(webContents as WebContents, permission, answer => resolve(answer === true), {
        isMainFrame: this.#isMainFrame(frame),
        requestingUrl: securityOrigin,
        ...(mediaTypes ? { mediaTypes: [...mediaTypes], securityOrigin } : {}),
      }),
    )
    await this.#set(frame.origin, permission, mediaTypes, isGranted)
    return isGranted
  }

  async #set(
    origin: string,
    permission: PermissionName,
    mediaTypes: readonly MediaType[] | null,
    isGranted: boolean,
  ): Promise<void> {
    const browserContextId = this.#context() ?? null
    await Promise.all(
      descriptorsOf(permission, mediaTypes).map(descriptor =>
        this.#root
          .send('Browser.setPermission', {
            permission: descriptor,
            setting: isGranted ? 'granted' : 'denied',
            origin,
            ...(browserContextId === null ? {} : { browserContextId }),
          })
          // An origin that cannot hold permissions (an opaque one) keeps its denial.
          .catch(() => {}),
      ),
    )
  }
}

interface Question {
  readonly id: number
  readonly permission: PermissionName
  readonly mediaTypes: readonly MediaType[] | null
}

/** The page's half is not trusted: anything that is no question is dropped. */
function parseQuestion(payload: string): Question | null {
  const value: unknown = JSON.parse(payload)
  if (typeof value !== 'object' || value === null || !('id' in value) || !('permission' in value)) return null
  const { id, permission } = value
  if (typeof id !== 'number' || typeof permission !== 'string' || !isPermissionName(permission)) return null
  const listed = 'mediaTypes' in value && Array.isArray(value.mediaTypes) ? value.mediaTypes : null
  const mediaTypes = listed?.filter((type): type is MediaType => type === 'video' || type === 'audio') ?? null
  return { id, permission, mediaTypes }
}
