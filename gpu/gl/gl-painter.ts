import type { TextureBudget } from '../pictures/texture-budget.ts'
import type { GlyphAtlas } from '../scene/glyph-atlas.ts'
import type { Painter, PictureSource, Size } from '../scene/painter.ts'
import type { Scene, Texture } from '../scene/scene.ts'
import { Programs } from './programs.ts'
import { QuadBatches } from './quad-batches.ts'
import { attributesOfQuad, numbersOfQuad, quadFragmentShader, quadVertexShader } from './quad-shaders.ts'

interface PictureTexture extends Size {
  readonly texture: WebGLTexture
}

/** A copy of a page of the atlas. */
interface GlyphPage {
  readonly texture: WebGLTexture
  version: number
}

export interface GlPainterOptions {
  readonly canvas: HTMLCanvasElement
  readonly gl: WebGL2RenderingContext
  readonly budget: TextureBudget
  readonly atlas: GlyphAtlas
  readonly now: () => number
  readonly onUpload: (milliseconds: number) => void
}

/** Draws scenes with WebGL2: all quads with one program, those that share a texture in one call. */
export class GlPainter implements Painter {
  readonly path = 'webgl2'
  readonly canvas: HTMLCanvasElement
  readonly programs: Programs
  readonly #options: GlPainterOptions
  readonly #gl: WebGL2RenderingContext
  readonly #batches = new QuadBatches()
  readonly #pictures = new Map<string, PictureTexture>()
  readonly #pages: GlyphPage[] = []
  readonly #program: WebGLProgram
  readonly #view: WebGLUniformLocation | null
  readonly #scale: WebGLUniformLocation | null
  readonly #quads: WebGLVertexArrayObject
  readonly #buffer: WebGLBuffer
  #bufferBytes = 0

  /** Throws BROKEN_SHADER. */
  constructor(options: GlPainterOptions) {
    this.#options = options
    this.canvas = options.canvas
    const { gl } = options
    this.#gl = gl
    this.programs = new Programs(gl, options.now)
    this.#program = this.programs.link('quads', quadVertexShader, quadFragmentShader)
    this.#view = gl.getUniformLocation(this.#program, 'view')
    this.#scale = gl.getUniformLocation(this.#program, 'scale')
    this.#quads = gl.createVertexArray()
    this.#buffer = gl.createBuffer()
    this.#describeQuads()
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true)
  }

  putPicture(contextId: string, id: string, source: PictureSource, size: Size): boolean {
    const gl = this.#gl
    const evicted = this.#options.budget.put(contextId, id, textureBytes(size))
    for (const one of evicted) this.#free(contextId, one)
    if (evicted.includes(id)) return false
    const startedAt = this.#options.now()
    const key = keyOf(contextId, id)
    const old = this.#pictures.get(key)
    const texture = old?.texture ?? gl.createTexture()
    gl.bindTexture(gl.TEXTURE_2D, texture)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, source)
    gl.generateMipmap(gl.TEXTURE_2D)
    setFiltering(gl, gl.LINEAR_MIPMAP_LINEAR)
    this.#pictures.set(key, { texture, width: size.width, height: size.height })
    this.#options.onUpload(this.#options.now() - startedAt)
    return true
  }

  forgetPicture(contextId: string, id: string): void {
    this.#options.budget.remove(contextId, id)
    this.#free(contextId, id)
  }

  sizeOf(contextId: string, id: string): Size | null {
    return this.#pictures.get(keyOf(contextId, id)) ?? null
  }

  paint(scene: Scene): void {
    const { canvas } = this
    const width = Math.max(1, Math.round(scene.width * scene.scale))
    const height = Math.max(1, Math.round(scene.height * scene.scale))
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    this.#gl.bindFramebuffer(this.#gl.FRAMEBUFFER, null)
    this.#draw(scene, { width, height })
  }

  readPixels(): ImageData {
    const { width, height } = this.canvas
    return this.#read({ width, height })
  }

  readPicture(contextId: string, id: string, size: Size): ImageData | null {
    const gl = this.#gl
    if (this.sizeOf(contextId, id) === null) return null
    const target = gl.createTexture()
    const frame = gl.createFramebuffer()
    gl.bindTexture(gl.TEXTURE_2D, target)
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, size.width, size.height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null)
    setFiltering(gl, gl.LINEAR)
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame)
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, target, 0)
    this.#draw(pictureScene(contextId, id, size), size)
    const pixels = this.#read(size)
    gl.bindFramebuffer(gl.FRAMEBUFFER, null)
    gl.deleteFramebuffer(frame)
    gl.deleteTexture(target)
    return pixels
  }

  [Symbol.dispose](): void {
    const gl = this.#gl
    for (const { texture } of [...this.#pictures.values(), ...this.#pages]) gl.deleteTexture(texture)
    gl.deleteBuffer(this.#buffer)
    gl.deleteVertexArray(this.#quads)
  }

  #draw(scene: Scene, size: Size): void {
    const gl = this.#gl
    this.#batches.fill(scene.quads)
    gl.viewport(0, 0, size.width, size.height)
    const [red, green, blue, opacity] = scene.background
    gl.clearColor(red * opacity, green * opacity, blue * opacity, opacity)
    gl.clear(gl.COLOR_BUFFER_BIT)
    // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not React's
    gl.useProgram(this.#program)
    gl.uniform2f(this.#view, scene.width, scene.height)
    gl.uniform1f(this.#scale, scene.scale)
    gl.bindVertexArray(this.#quads)
    this.#upload(scene.quads.length)
    for (const { texture, first, count } of this.#batches.batches) {
      gl.bindTexture(gl.TEXTURE_2D, texture === null ? null : this.#textureOf(texture))
      this.#pointAt(first)
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count)
    }
  }

  /** WebGL2 has no first instance: the attributes are pointed at it instead. */
  #pointAt(first: number): void {
    const gl = this.#gl
    const stride = numbersOfQuad * 4
    for (let index = 0; index < attributesOfQuad; index += 1)
      gl.vertexAttribPointer(index, 4, gl.FLOAT, false, stride, first * stride + index * 16)
  }

  #describeQuads(): void {
    const gl = this.#gl
    gl.bindVertexArray(this.#quads)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    for (let index = 0; index < attributesOfQuad; index += 1) {
      gl.enableVertexAttribArray(index)
      gl.vertexAttribDivisor(index, 1)
    }
  }

  #upload(quads: number): void {
    const gl = this.#gl
    const { numbers } = this.#batches
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    if (this.#bufferBytes < numbers.byteLength) {
      this.#bufferBytes = numbers.byteLength
      gl.bufferData(gl.ARRAY_BUFFER, numbers.byteLength, gl.STREAM_DRAW)
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, numbers, 0, quads * numbersOfQuad)
  }

  #textureOf(texture: Texture): WebGLTexture | null {
    if (texture.kind === 'glyphs') return this.#pageTexture(texture.page)
    this.#options.budget.touch(texture.contextId, texture.id)
    return this.#pictures.get(keyOf(texture.contextId, texture.id))?.texture ?? null
  }

  /** The page as the atlas has it now. */
  #pageTexture(index: number): WebGLTexture | null {
    const gl = this.#gl
    const page = this.#options.atlas.pages[index]
    if (page === undefined) return null
    const known = this.#pages[index] ?? this.#makePage(index, page.canvas)
    const changed = page.changedSince(known.version)
    if (changed !== null) {
      known.version = page.version
      gl.bindTexture(gl.TEXTURE_2D, known.texture)
      const { x, y, width, height } = changed
      gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, x)
      gl.pixelStorei(gl.UNPACK_SKIP_ROWS, y)
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RGBA, gl.UNSIGNED_BYTE, page.canvas)
      gl.pixelStorei(gl.UNPACK_SKIP_PIXELS, 0)
      gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0)
    }
    return known.texture
  }

  #makePage(index: number, { width, height }: Size): GlyphPage {
    const gl = this.#gl
    const page = { texture: gl.createTexture(), version: 0 }
    this.#pages[index] = page
    gl.bindTexture(gl.TEXTURE_2D, page.texture)
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height)
    setFiltering(gl, gl.LINEAR)
    return page
  }

  #free(contextId: string, id: string): void {
    const key = keyOf(contextId, id)
    const picture = this.#pictures.get(key)
    if (picture === undefined) return
    this.#pictures.delete(key)
    this.#gl.deleteTexture(picture.texture)
  }

  /** Rows come from below; they are turned round. */
  #read({ width, height }: Size): ImageData {
    const gl = this.#gl
    const bytes = new Uint8Array(width * height * 4)
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, bytes)
    const pixels = new ImageData(width, height)
    const row = width * 4
    for (let y = 0; y < height; y += 1) {
      const from = (height - 1 - y) * row
      pixels.data.set(bytes.subarray(from, from + row), y * row)
    }
    return pixels
  }
}

/** With its smaller copies for drawing it small, a third more. */
function textureBytes({ width, height }: Size): number {
  return Math.ceil((width * height * 4 * 4) / 3)
}

function keyOf(contextId: string, id: string): string {
  return `${contextId}\n${id}`
}

function setFiltering(gl: WebGL2RenderingContext, smaller: number): void {
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, smaller)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE)
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE)
}

/** A picture alone, upright when it is read. */
function pictureScene(contextId: string, id: string, { width, height }: Size): Scene {
  return {
    width,
    height,
    scale: 1,
    background: [0, 0, 0, 0],
    quads: [
      {
        x: 0,
        y: 0,
        width,
        height,
        radius: 0,
        fill: [0, 0, 0, 0],
        border: null,
        opacity: 1,
        texture: {
          kind: 'picture',
          contextId,
          id,
          crop: { left: 0, top: 0, right: 1, bottom: 1 },
          isGrey: false,
          brightness: 1,
          opacity: 1,
        },
      },
    ],
  }
}
