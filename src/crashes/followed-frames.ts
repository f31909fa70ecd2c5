import { systemClock } from '../../ipc/clock.ts'
import type { Application } from '../application.ts'
import type { TabId } from '../controller/tab-model.ts'
import type { ProcessBook } from '../processes/book/known-process.ts'
import { siteOf } from '../tabs/site.ts'
import { FrameWatch, type WatchedFrame } from './frame-watch.ts'

/** Watches the frames of other sites in the open pages. */
export function followFrames(
  application: Application,
  book: Pick<ProcessBook, 'all'>,
  onLost: (frame: WatchedFrame) => void,
): FrameWatch {
  return new FrameWatch({
    clock: systemClock,
    frames: () =>
      book
        .all()
        .flatMap(({ pid, ...frame }) =>
          pid !== null && frame.id.startsWith('frame:') ? [{ ...frame, pid }] : [],
        ),
    isAlive,
    isShown: ({ tabIds, site, pid }) =>
      tabIds.some(tabId => {
        const view = application.tabs.find(tabId as TabId)
        if (view === null || view.contents.isDestroyed() || view.contents.isCrashed()) return false
        return view.mainFrame.framesInSubtree.some(
          frame =>
            frame !== view.mainFrame &&
            (frame.osProcessId === pid || (frame.osProcessId <= 0 && siteOf(frame.url) === site)),
        )
      }),
    onLost: frame => {
      onLost(frame)
      application.parts.processes.follow()
    },
  })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
