import type { DevToolsSession } from '../chromium/devtools.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A page to be shown, as a window sees it. Coordinates are the window's content area, in CSS pixels. */
export interface FaceView {
  /** The id of the webContents; stable while the view lives. */
  readonly viewId: number
  /** The page of the view. It may be replaced when its page was replaced: take it anew from each setViews. */
  readonly session: DevToolsSession
  readonly bounds: Rectangle
  readonly isVisible: boolean
  /** Larger is nearer to the eye. Unique in the window. */
  readonly zIndex: number
  /** `#AARRGGBB`, `#RRGGBB` or a CSS colour name; null: the default, white. */
  readonly backgroundColor: string | null
  readonly borderRadius: number
}

/** A coloured rectangle without a page (a plain `View` with a background colour). */
export interface FacePane {
  readonly bounds: Rectangle
  readonly zIndex: number
  readonly backgroundColor: string
  readonly borderRadius: number
}

/** What a face needs to know about a BaseWindow when it opens it. */
export interface BaseWindowLike {
  readonly id: number
  readonly title: string
  readonly bounds: Rectangle
  readonly backgroundColor: string
  readonly isResizable: boolean
  readonly isFrameless: boolean
  readonly isFullScreen: boolean
  readonly isShown: boolean
  readonly minimumSize: readonly [number, number]
  readonly maximumSize: readonly [number, number]
}

export type FaceWindowState = 'normal' | 'minimized' | 'maximized' | 'fullscreen'

/** What the person at the screen does to a window. */
export interface FaceWindowEvents {
  /** The content area changed its size or place. */
  readonly bounds: (bounds: Rectangle) => void
  readonly state: (state: FaceWindowState) => void
  /** The person asked to close the window; the owner decides and calls `close()`. */
  readonly closeRequested: () => void
  readonly focus: () => void
  readonly blur: () => void
  /** The person clicked into, or tabbed to, a view. */
  readonly viewFocused: (viewId: number) => void
  /**
   * A key went down or up in a view; the owner decides whether the page gets it: true = swallowed
   * (a menu accelerator, or before-input-event prevented).
   */
  readonly keyInput: (viewId: number, input: FaceKeyInput) => boolean
}

/** As Electron's `Input` of before-input-event. */
export interface FaceKeyInput {
  readonly type: 'keyDown' | 'keyUp'
  readonly key: string
  readonly code: string
  readonly isAutoRepeat: boolean
  readonly isComposing: boolean
  readonly shift: boolean
  readonly control: boolean
  readonly alt: boolean
  readonly meta: boolean
  readonly location: number
  readonly modifiers: string[]
}

/** One window on the screen (or the idea of one, headless). */
export interface FaceWindow {
  setBounds(bounds: Rectangle): void
  setTitle(title: string): void
  setResizable(isResizable: boolean): void
  setMinimumSize(width: number, height: number): void
  setMaximumSize(width: number, height: number): void
  setBackgroundColor(color: string): void
  setAlwaysOnTop(isAlwaysOnTop: boolean): void
  show(options: { readonly takesFocus: boolean }): void
  hide(): void
  minimize(): void
  maximize(): void
  /** Back from minimised, maximised or full screen. */
  restore(): void
  setFullScreen(isFullScreen: boolean): void
  focus(): void
  blur(): void
  /** Everything to be shown, each time anything of it changes. */
  setViews(views: readonly FaceView[], panes: readonly FacePane[]): void
  /** Gives the keyboard to a view, or to none. */
  focusView(viewId: number | null): void
  on<E extends keyof FaceWindowEvents>(event: E, listener: FaceWindowEvents[E]): Disposable
  /** Closes it without asking. */
  close(): void
}

/** How windows come to be seen. The headless face shows nothing; the windowed one paints on the X display. */
export interface Face {
  readonly kind: 'headless' | 'windowed'
  openWindow(window: BaseWindowLike): FaceWindow
  /** Called at quit, after the last window was closed. */
  close(): Promise<void>
}
