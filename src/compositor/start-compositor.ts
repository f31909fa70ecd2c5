import { app, type Session } from 'electron'
import type { Application } from '../application.ts'
import { ownSession } from '../security/sessions.ts'
import { answerShortcut } from '../windows/answer-shortcut.ts'
import { Compositor } from './compositor.ts'
import { CompositorPage } from './compositor-page.ts'
import type { CompositorProcess } from './compositor-process.ts'
import { EngineGraphics } from './engine-graphics.ts'

/** The compositor of the running browser, shown in its window; it ends with `opened`. */
export function startCompositor(application: Application, opened: DisposableStack): Compositor {
  let session: Session | null = null
  const engine = opened.use(new EngineGraphics(app))
  return opened.use(
    new Compositor({
      endpoint: application.switchboard.endpoint,
      log: application.log,
      notify: notice => application.notify({ id: 'compositor', ...notice }),
      engine: () => engine.report(),
      noteEnd: (pid, cause) => application.parts.processes.book.noteEnd(pid, cause),
      noteStep: step => application.parts.processes.launches.note('service:compositor', step),
      makeStage: process => {
        session ??= ownSession('compositor', `${application.buildFolder}/compositor`)
        return makePage(application, process, session)
      },
    }),
  )
}

function makePage(application: Application, process: CompositorProcess, session: Session): CompositorPage {
  return new CompositorPage({
    session,
    preload: `${application.buildFolder}/preload/compositor.cjs`,
    window: application.window,
    switchboard: application.switchboard,
    onConnected: () => process.connected(),
    onGone: (reason, exitCode) => process.gone({ reason, exitCode }),
    onShortcut: (event, input) => answerShortcut(application, event, input),
  })
}
