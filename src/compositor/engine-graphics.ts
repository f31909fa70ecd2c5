import type { App } from 'electron'
import type { GpuReport } from '../../contracts/gpu-facts.ts'

/** What of Electron's `app` tells about the engine's own graphics process. */
export type GraphicsTeller = Pick<App, 'on' | 'removeListener' | 'getAppMetrics' | 'getGPUFeatureStatus'>

/** The engine's graphics process: which it is, what it can do, and how often it went. Chromium restarts it by itself. */
export class EngineGraphics implements Disposable {
  readonly #app: GraphicsTeller
  #losses = 0
  readonly #count = (_event: unknown, details: Electron.Details): void => {
    if (details.type === 'GPU') this.#losses += 1
  }

  constructor(app: GraphicsTeller) {
    this.#app = app
    app.on('child-process-gone', this.#count)
  }

  report(): GpuReport['engine'] {
    return {
      pid: this.#app.getAppMetrics().find(one => one.type === 'GPU')?.pid ?? null,
      losses: this.#losses,
      features: Object.entries(this.#app.getGPUFeatureStatus()).map(([name, status]) => ({
        name,
        status: String(status),
      })),
    }
  }

  [Symbol.dispose](): void {
    this.#app.removeListener('child-process-gone', this.#count)
  }
}
