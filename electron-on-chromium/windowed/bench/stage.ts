import type { ChromiumBrowser } from '../../chromium/browser.ts'
import type { DevToolsSession } from '../../chromium/devtools.ts'
import { launchChromium } from '../../chromium/launch.ts'
import type { BaseWindowLike, Face, FaceView, FaceWindow, Rectangle } from '../../main/face.ts'
import { createWindowedFace } from '../windowed-face.ts'

/** A window with views in it, made without the rest of the stand-in: for measuring and for looking. */
export interface Stage extends AsyncDisposable {
  readonly browser: ChromiumBrowser
  readonly face: Face
  readonly window: FaceWindow
  /** Resolves when the window is on the screen. */
  readonly opened: Promise<void>
  addView(html: string, bounds: Rectangle, options?: Partial<FaceView>): Promise<FaceView>
  /** Changes views already added, and shows them so. */
  change(view: FaceView, changes: Partial<FaceView>): FaceView
}

const plainWindow: BaseWindowLike = {
  id: 1,
  title: 'A stage',
  bounds: { x: 40, y: 30, width: 1280, height: 800 },
  backgroundColor: '#FFDDDDDD',
  isResizable: true,
  isFrameless: false,
  isFullScreen: false,
  isShown: true,
  minimumSize: [0, 0],
  maximumSize: [0, 0],
}

export async function setStage(changes: Partial<BaseWindowLike> = {}): Promise<Stage> {
  const log = (line: string): void => console.error(line)
  const face = createWindowedFace({ launchChromium, log, viewsBrowser: () => browser })
  const browser: ChromiumBrowser = await launchChromium({ headless: true, userDataDir: null })
  const window = face.openWindow({ ...plainWindow, ...changes })
  const opened = new Promise<void>(resolve => {
    window.on('bounds', () => resolve())
  })
  const views: FaceView[] = []
  const show = (): void => window.setViews(views, [])
  return {
    browser,
    face,
    window,
    opened,
    addView: async (html, bounds, options = {}) => {
      const session = await openPage(browser, html, bounds)
      const view: FaceView = {
        viewId: views.length + 1,
        session,
        bounds,
        isVisible: true,
        zIndex: views.length,
        backgroundColor: null,
        borderRadius: 0,
        ...options,
      }
      views.push(view)
      show()
      return view
    },
    change: (view, changed) => {
      const index = views.findIndex(each => each.viewId === view.viewId)
      const next = { ...view, ...changed }
      views[index] = next
      if (changed.bounds) void setSize(view.session, changed.bounds)
      show()
      return next
    },
    [Symbol.asyncDispose]: async () => {
      window.close()
      await face.close()
      await browser.close()
    },
  }
}

async function openPage(browser: ChromiumBrowser, html: string, bounds: Rectangle): Promise<DevToolsSession> {
  const session = await browser.createTarget({ width: bounds.width, height: bounds.height + 90 })
  await session.send('Page.enable')
  await session.send('Runtime.enable')
  await setSize(session, bounds)
  const { frameTree } = await session.send('Page.getFrameTree')
  await session.send('Page.setDocumentContent', { frameId: frameTree.frame.id, html })
  return session
}

async function setSize(session: DevToolsSession, { width, height }: Rectangle): Promise<void> {
  await session.send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
  })
}
