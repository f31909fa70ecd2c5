import type { Appearance } from '../../contracts/compositor.ts'
import type { FrameTimes } from '../../contracts/gpu-facts.ts'
import { Pictures } from '../pictures/pictures.ts'
import { SiteIcons } from '../pictures/site-icons.ts'
import { TextureBudget } from '../pictures/texture-budget.ts'
import { GlyphAtlas } from '../scene/glyph-atlas.ts'
import { Lettering } from '../scene/lettering.ts'
import { type Palette, readPalette } from '../scene/palette.ts'
import { Graphics } from './graphics.ts'
import { Recent } from './measurements.ts'
import { Movement } from './movement.ts'
import type { Surface } from './surface.ts'

export interface StageOptions {
  readonly host: HTMLElement
  readonly now: () => number
  readonly onFramesWanted: (tabIds: readonly string[]) => void
  readonly onContextLost: (losses: number, isSoftware: boolean) => void
  readonly onMoved: (times: FrameTimes) => void
}

/** Of all textures together; those of the tabs have a share. */
const textureBudgetBytes = 192 * 2 ** 20
const tabsBudgetBytes = 96 * 2 ** 20

/**
 * Shows one surface at a time: draws it when something has changed and not otherwise, and moves it in and out. While
 * nothing is shown no frame is asked for and no timer runs.
 */
export class Stage {
  readonly graphics: Graphics
  readonly pictures: Pictures
  readonly budget = new TextureBudget(textureBudgetBytes)
  readonly atlas = new GlyphAtlas()
  readonly icons: SiteIcons
  readonly uploads = new Recent(200)
  readonly #options: StageOptions
  readonly #lettering = new Lettering(this.atlas)
  readonly #reduced = matchMedia('(prefers-reduced-motion: reduce)')
  /** Asked for since they were last there. */
  readonly #asked = new Set<string>()
  #surface: Surface | null = null
  #movement: Movement | null = null
  #progress = 0
  #palette: Palette | null = null
  #frame = 0
  #scale = 0
  #lastOpening: FrameTimes | null = null

  constructor(options: StageOptions) {
    this.#options = options
    this.budget.create('tabs', tabsBudgetBytes)
    this.graphics = new Graphics({
      budget: this.budget,
      atlas: this.atlas,
      now: options.now,
      onUpload: milliseconds => this.uploads.add(milliseconds),
      onNewPainter: canvas => this.#hang(canvas),
      onLost: options.onContextLost,
    })
    this.pictures = new Pictures(() => this.graphics.painter)
    this.icons = new SiteIcons(this.#lettering, () => this.redraw())
    const looks = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']
    for (const query of looks) matchMedia(query).addEventListener('change', () => this.#forgetLook())
    new ResizeObserver(() => this.#resize()).observe(options.host)
    document.fonts.addEventListener('loadingdone', () => this.#forgetLook())
  }

  get surface(): Surface | null {
    return this.#surface
  }

  get lastOpening(): FrameTimes | null {
    return this.#lastOpening
  }

  setAppearance({ theme, graphics }: Appearance): void {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
    this.graphics.choose(graphics)
    this.#forgetLook()
  }

  /** Resolves when the surface stands. */
  async open(surface: Surface, query: string): Promise<void> {
    if (this.#surface !== surface) {
      this.#surface?.element.remove()
      this.#surface = surface
      this.#options.host.append(surface.element)
      this.#progress = 0
    }
    this.#asked.clear()
    this.#resize()
    surface.prepare(query)
    surface.focus()
    await this.#move('opening', surface)
  }

  /** Resolves when the surface has gone. */
  async close(): Promise<void> {
    const surface = this.#surface
    if (surface === null) return
    surface.leave()
    await this.#move('closing', surface)
    if (this.#surface !== surface || this.#progress > 0) return
    this.#surface = null
    surface.element.remove()
  }

  /** Draws at the next frame, however often it is asked. */
  redraw(): void {
    if (this.#surface !== null && this.#frame === 0)
      this.#frame = requestAnimationFrame(now => this.#draw(now))
  }

  /** A picture has come, or will never come. */
  arrived(tabId: string): void {
    this.#asked.delete(tabId)
    this.redraw()
  }

  async #move(phase: Movement['phase'], surface: Surface): Promise<void> {
    this.#movement?.done.resolve()
    const movement = new Movement(phase, this.#progress, this.#reduced.matches)
    this.#movement = movement
    this.redraw()
    await movement.done.promise
    const { path } = this.graphics.painter
    const times: FrameTimes = {
      surface: surface.name,
      phase,
      path,
      items: surface.count,
      ...movement.measure(),
    }
    if (phase === 'opening') this.#lastOpening = times
    this.#options.onMoved(times)
  }

  #draw(now: number): void {
    this.#frame = 0
    const surface = this.#surface
    if (surface === null) return
    const movement = this.#movement
    if (movement !== null) this.#progress = movement.frame(now)
    this.#paint(surface)
    if (movement === null) return
    if (!movement.isOver(now)) {
      this.redraw()
      return
    }
    this.#movement = null
    movement.done.resolve()
  }

  #paint(surface: Surface): void {
    const { host } = this.#options
    this.#palette ??= readPalette(document)
    if (this.#scale !== devicePixelRatio) {
      this.#scale = devicePixelRatio
      this.#lettering.reset(this.#scale)
    }
    this.atlas.beginFrame()
    host.style.setProperty('--progress', `${this.#progress}`)
    const wanted = new Set<string>()
    const view = {
      width: host.clientWidth,
      height: host.clientHeight,
      scale: this.#scale,
      progress: this.#progress,
    }
    const scene = surface.draw(
      view,
      {
        palette: this.#palette,
        lettering: this.#lettering,
        icon: dataUrl => this.icons.find(dataUrl),
        sizeOf: tabId => this.pictures.sizeOf(tabId),
      },
      wanted,
    )
    this.graphics.painter.paint(scene)
    const missing = [...wanted].filter(tabId => !this.#asked.has(tabId))
    for (const tabId of missing) this.#asked.add(tabId)
    if (missing.length > 0) this.#options.onFramesWanted(missing)
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#options.host
    this.#surface?.resize({ width, height })
    this.redraw()
  }

  /** The colours or the fonts are others now. */
  #forgetLook(): void {
    this.#palette = null
    this.#lettering.reset(devicePixelRatio)
    this.redraw()
  }

  #hang(canvas: HTMLCanvasElement): void {
    const { host } = this.#options
    host.querySelector('canvas')?.remove()
    canvas.setAttribute('aria-hidden', 'true')
    host.prepend(canvas)
    this.#asked.clear()
    this.redraw()
  }
}
