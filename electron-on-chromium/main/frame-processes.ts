import type { DevToolsSession } from '../chromium/devtools.ts'
import { knownPidOfPage, pidOfPage } from './process-of-page.ts'

interface FrameProcess {
  pid: number
  context: string | null
}

/** The processes of a page's frames of other sites; each of those frames is a DevTools target of its own. */
export class FrameProcesses {
  readonly #byTarget = new Map<string, FrameProcess>()

  /** Begins to follow a frame. `page` is the session of the page that it is in, which alone can be traced. */
  attach(frame: DevToolsSession, page: DevToolsSession): void {
    const { targetId } = frame
    if (targetId === null) return
    const known: FrameProcess = { pid: 0, context: null }
    this.#byTarget.set(targetId, known)
    frame.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.auxData?.isDefault !== true || context.auxData?.frameId !== targetId) return
      known.context = context.uniqueId
      known.pid = knownPidOfPage(context.uniqueId) ?? 0
      if (known.pid > 0) return
      void pidOfPage(page, () => known.context, targetId).then(pid => {
        if (pid !== null) known.pid = pid
      })
    })
    frame.onDetached(() => {
      if (this.#byTarget.get(targetId) === known) this.#byTarget.delete(targetId)
    })
    frame.send('Runtime.enable').catch(() => {})
  }

  /** 0 while it is not known; null for a frame that is no target of its own. */
  pidOf(targetId: string): number | null {
    return this.#byTarget.get(targetId)?.pid ?? null
  }
}
