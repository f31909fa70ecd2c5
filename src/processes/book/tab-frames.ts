import { siteOf } from '../../tabs/site.ts'
import type { SeenFrame } from './page-processes.ts'

/** What of a tab's view tells of its frames. */
export interface FramedView {
  readonly mainFrame: FrameOfPage
}

interface FrameOfPage {
  readonly osProcessId: number
  readonly url: string
  readonly framesInSubtree: readonly FrameOfPage[]
}

interface Known {
  readonly frames: readonly SeenFrame[]
  isStale: boolean
}

/**
 * The frames of tabs, each with its process. To ask the engine for all of them at every change of any tab would cost more
 * than all else that is done then: they are asked for when one of them went somewhere, and when somebody looks.
 */
export class TabFrames {
  readonly #known = new Map<FramedView, Known>()

  of(view: FramedView): readonly SeenFrame[] {
    const known = this.#known.get(view)
    if (known !== undefined && !known.isStale) return known.frames
    const frames = framesOf(view)
    this.#known.set(view, { frames, isStale: false })
    return frames
  }

  /** A frame of this view went somewhere, or all that were there are gone with the page that they were in. */
  changed(view: FramedView, isWholePage: boolean): void {
    const known = this.#known.get(view)
    if (isWholePage) this.#known.set(view, { frames: [], isStale: false })
    else if (known !== undefined) known.isStale = true
  }

  /** Frames may have been taken out of pages, which the engine does not tell. */
  lookAgain(): void {
    for (const known of this.#known.values()) known.isStale = true
  }

  forget(view: FramedView): void {
    this.#known.delete(view)
  }
}

function framesOf({ mainFrame }: FramedView): readonly SeenFrame[] {
  return mainFrame.framesInSubtree
    .filter(frame => frame !== mainFrame && frame.osProcessId > 0)
    .map(frame => ({ pid: frame.osProcessId, site: siteOf(frame.url) }))
}
