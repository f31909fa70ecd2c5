import { app } from 'electron'
import type { Application } from '../application.ts'
import { UnknownProcessError } from '../messaging/browser-errors.ts'
import { endProcess } from './end-process.ts'

/** Ends processes by the row that the person chose; what follows is decided by the machines. */
export class ProcessEnder {
  readonly #application: Application

  constructor(application: Application) {
    this.#application = application
  }

  /** Throws UNKNOWN_PROCESS for a row that is not there or must not be ended. */
  end(processId: string): void {
    const [kind, rest = ''] = splitOnce(processId)
    const isEnded =
      this.#endService(kind, rest) || this.#endRenderer(kind, rest) || this.#endEngineHelper(kind, rest)
    if (!isEnded) throw new UnknownProcessError(processId)
  }

  #endService(kind: string, name: string): boolean {
    if (kind !== 'service') return false
    if (name === 'compositor') return this.#endCompositor()
    const service = [...this.#application.services.values()].find(one => one.definition.name === name)
    if (service === undefined || service.pid === null) return false
    service.end()
    return true
  }

  #endCompositor(): boolean {
    const { process } = this.#application.parts.compositor
    if (process.pid === null) return false
    process.end()
    return true
  }

  /** Every tab that this process serves turns sad; the pid is checked against the views, never taken on trust. */
  #endRenderer(kind: string, rest: string): boolean {
    if (kind !== 'renderer' && kind !== 'frame') return false
    const pid = Number(rest.split(':', 1)[0])
    // 0 is also what a frame says whose process is not known yet.
    if (!Number.isSafeInteger(pid) || pid <= 1) return false
    const views = this.#application.tabs.all()
    if (kind === 'renderer') {
      const served = views.filter(view => view.pid === pid)
      for (const view of served) view.endProcess()
      return served.length > 0
    }
    const isFrameOfATab = views.some(view =>
      view.mainFrame.framesInSubtree.some(frame => frame.osProcessId === pid),
    )
    if (isFrameOfATab) endProcess(pid)
    return isFrameOfATab
  }

  #endEngineHelper(kind: string, rest: string): boolean {
    if (kind !== 'engine') return false
    const helper = app.getAppMetrics().find(one => one.pid === Number(rest) && one.type === 'GPU')
    if (helper === undefined) return false
    endProcess(helper.pid)
    return true
  }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf(':')
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
