import type { DevToolsSession } from '../chromium/devtools.ts'
import type { FaceView } from '../main/face.ts'
import type { Frame } from './frame-queue.ts'
import { ViewCast } from './view-cast.ts'
import { ViewInput } from './view-input.ts'
import type { KeyMessage, ToCompositor } from './wire.ts'

/** What a view's link needs of its window. */
export interface ViewLinkHost {
  push(frame: Frame): void
  tell(message: ToCompositor): void
}

/** Everything between one view and the window that shows it: its pictures out, the person's input in. */
export class ViewLink implements Disposable {
  readonly session: DevToolsSession
  readonly input: ViewInput
  readonly #host: ViewLinkHost
  #cast: ViewCast
  #view: FaceView
  #isFocused = false

  constructor(view: FaceView, host: ViewLinkHost) {
    this.session = view.session
    this.#view = view
    this.#host = host
    this.input = new ViewInput(view.session)
    this.#cast = this.#newCast()
  }

  get cast(): ViewCast {
    return this.#cast
  }

  setView(view: FaceView): void {
    this.#view = view
  }

  setFocused(isFocused: boolean): void {
    if (this.#isFocused === isFocused) return
    this.#isFocused = isFocused
    this.session.send('Emulation.setFocusEmulationEnabled', { enabled: isFocused }).catch(() => {})
  }

  key(message: KeyMessage): void {
    this.input.key(message)
  }

  /** Sends everything again: the page that shows it has begun anew. */
  restart(): void {
    this.#cast[Symbol.dispose]()
    this.#cast = this.#newCast()
  }

  popupClosed(_popupId: number, _chosenIndex: number | null): void {}

  [Symbol.dispose](): void {
    this.#cast[Symbol.dispose]()
  }

  #newCast(): ViewCast {
    return new ViewCast({
      viewId: this.#view.viewId,
      session: this.session,
      push: frame => this.#host.push(frame),
    })
  }
}
