import type { Appearance } from '../../contracts/compositor.ts'
import type { GpuFacts } from '../../contracts/gpu-facts.ts'
import { GlPainter } from '../gl/gl-painter.ts'
import { Programs } from '../gl/programs.ts'
import { warmUp } from '../gl/warm-up.ts'
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

const contextAttributes: WebGLContextAttributes = {
  alpha: false,
  antialias: false,
  depth: false,
  powerPreference: 'low-power',
}

/** Names of what draws WebGL with the processor. `failIfMajorPerformanceCaveat` does not tell of all of them. */
const softwareRenderers = /swiftshader|llvmpipe|softpipe|basic render/i

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
  #spare: { readonly context: WebGL2RenderingContext; readonly programs: Programs } | null = null

  constructor(options: GraphicsOptions) {
    this.#options = options
    this.#painter = this.#make()
    options.onNewPainter(this.#painter.canvas)
  }

  get painter(): Painter {
    return this.#painter
  }

  /**
   * The graphics context and its programs; where nothing is drawn with one, a small one of its own, made when it is first
   * asked for. Null where there is none at all.
   */
  get gl(): { readonly context: WebGL2RenderingContext; readonly programs: Programs } | null {
    if (this.#gl !== null && this.#painter instanceof GlPainter)
      return { context: this.#gl, programs: this.#painter.programs }
    if (this.#spare === null || this.#spare.context.isContextLost()) {
      const context = document.createElement('canvas').getContext('webgl2')
      this.#spare = context === null ? null : { context, programs: new Programs(context, this.#options.now) }
    }
    return this.#spare
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
    const drawn = this.#reason === null ? this.#contextFor(this.#setting === 'webgl2') : null
    if (drawn === null) return new SoftwarePainter(document.createElement('canvas'), budget, atlas)
    const { canvas, gl } = drawn
    this.#gl = gl
    canvas.addEventListener('webglcontextlost', () => this.#lose(canvas))
    const painter = new GlPainter({ canvas, gl, budget, atlas, now, onUpload })
    warmUp(painter)
    return painter
  }

  /** A context to draw with; or why there is none. One without a graphics processor only where it is asked for. */
  #contextFor(isSlowTaken: boolean): { canvas: HTMLCanvasElement; gl: WebGL2RenderingContext } | null {
    const canvas = document.createElement('canvas')
    const gl = canvas.getContext('webgl2', contextAttributes)
    if (gl === null || gl.isContextLost()) {
      this.#reason = 'noWebGl2'
      return null
    }
    if (isSlowTaken || !softwareRenderers.test(rendererOf(gl))) return { canvas, gl }
    this.#reason = 'slowWebGl2'
    this.#spare = { context: gl, programs: new Programs(gl, this.#options.now) }
    return null
  }

  #lose(canvas: HTMLCanvasElement): void {
    if (this.#painter.canvas !== canvas) return
    this.#losses += 1
    this.#replace()
    this.#options.onLost(this.#losses, this.#painter.path === 'software')
  }
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const debug = gl.getExtension('WEBGL_debug_renderer_info')
  return String(gl.getParameter(debug?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER))
}
