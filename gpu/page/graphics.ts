import type { Appearance } from '../../contracts/compositor.ts'
import type { GpuFacts } from '../../contracts/gpu-facts.ts'
import { GlPainter } from '../gl/gl-painter.ts'
import type { TextureBudget } from '../pictures/texture-budget.ts'
import type { GlyphAtlas } from '../scene/glyph-atlas.ts'
import type { Painter } from '../scene/painter.ts'
import { SoftwarePainter } from '../software/software-painter.ts'

export interface GraphicsOptions {
  readonly budget: TextureBudget
  readonly atlas: GlyphAtlas
  readonly now: () => number
  readonly onUpload: (milliseconds: number) => void
  /** There is another canvas and no picture is left: all has to be drawn anew. */
  readonly onNewPainter: (canvas: HTMLCanvasElement) => void
  readonly onLost: (losses: number, isSoftware: boolean) => void
}

type SoftwareReason = NonNullable<GpuFacts['softwareReason']>

/** After so many losses of the graphics context it is drawn without one. */
const lossesUntilSoftware = 3

/**
 * Which way is drawn: with WebGL2 where there is one and the person did not say otherwise, and never again once its
 * context was lost three times. A canvas keeps the way that it was first drawn with, so each change makes another.
 */
export class Graphics {
  readonly #options: GraphicsOptions
  #painter: Painter
  #gl: WebGL2RenderingContext | null = null
  #reason: SoftwareReason | null = null
  #setting: Appearance['graphics'] = 'automatic'
  #losses = 0

  constructor(options: GraphicsOptions) {
    this.#options = options
    this.#painter = this.#make()
    options.onNewPainter(this.#painter.canvas)
  }

  get painter(): Painter {
    return this.#painter
  }

  get gl(): { readonly painter: GlPainter; readonly gl: WebGL2RenderingContext } | null {
    return this.#gl !== null && this.#painter instanceof GlPainter
      ? { painter: this.#painter, gl: this.#gl }
      : null
  }

  get losses(): number {
    return this.#losses
  }

  get softwareReason(): SoftwareReason | null {
    return this.#reason
  }

  choose(setting: Appearance['graphics']): void {
    if (this.#setting === setting) return
    this.#setting = setting
    this.#replace()
  }

  #replace(): void {
    this.#painter[Symbol.dispose]()
    this.#options.budget.clear()
    this.#painter = this.#make()
    this.#options.onNewPainter(this.#painter.canvas)
  }

  #make(): Painter {
    const { budget, atlas, now, onUpload } = this.#options
    this.#gl = null
    this.#reason =
      this.#setting === 'software'
        ? 'setting'
        : this.#setting === 'softwareAfterFaults' || this.#losses >= lossesUntilSoftware
          ? 'lostTooOften'
          : null
    const canvas = document.createElement('canvas')
    if (this.#reason === null) {
      const gl = canvas.getContext('webgl2', {
        alpha: false,
        antialias: false,
        depth: false,
        powerPreference: 'low-power',
      })
      if (gl !== null && !gl.isContextLost()) {
        this.#gl = gl
        canvas.addEventListener('webglcontextlost', () => this.#lose(canvas))
        return new GlPainter({ canvas, gl, budget, atlas, now, onUpload })
      }
      this.#reason = 'noWebGl2'
    }
    return new SoftwarePainter(document.createElement('canvas'), budget, atlas)
  }

  #lose(canvas: HTMLCanvasElement): void {
    if (this.#painter.canvas !== canvas) return
    this.#losses += 1
    this.#replace()
    this.#options.onLost(this.#losses, this.#painter.path === 'software')
  }
}
