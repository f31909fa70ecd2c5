import { readShaderLog, type ShaderError } from './shader-errors.ts'

export type ShaderKind = 'vertex' | 'fragment'

export type Compilation =
  | {
      readonly kind: 'compiled'
      readonly shader: WebGLShader
      readonly compileMs: number
      readonly isCached: boolean
    }
  | { readonly kind: 'broken'; readonly errors: readonly ShaderError[] }

interface Cached<T> {
  readonly made: T
  readonly compileMs: number
  hits: number
}

/** A program could not be made. `errors` says where. */
export class BrokenShaderError extends Error {
  readonly code = 'BROKEN_SHADER'
  readonly errors: readonly ShaderError[]

  constructor(name: string, errors: readonly ShaderError[]) {
    const [first] = errors
    super(`${name}: ${first?.line === null ? '' : `line ${first?.line}: `}${first?.message ?? ''}`)
    this.errors = errors
  }
}

/**
 * The shaders and programs of one graphics context, each compiled once: the same source again is answered from here. They
 * go with the context.
 */
export class Programs {
  readonly #gl: WebGL2RenderingContext
  readonly #now: () => number
  readonly #shaders = new Map<string, Cached<WebGLShader>>()
  readonly #programs = new Map<string, Cached<WebGLProgram>>()

  constructor(gl: WebGL2RenderingContext, now: () => number) {
    this.#gl = gl
    this.#now = now
  }

  compile(kind: ShaderKind, source: string): Compilation {
    const key = `${kind}\n${source}`
    const cached = this.#shaders.get(key)
    if (cached !== undefined) {
      cached.hits += 1
      return { kind: 'compiled', shader: cached.made, compileMs: cached.compileMs, isCached: true }
    }
    const gl = this.#gl
    const startedAt = this.#now()
    const shader = gl.createShader(kind === 'vertex' ? gl.VERTEX_SHADER : gl.FRAGMENT_SHADER)
    if (shader === null) return { kind: 'broken', errors: readShaderLog('') }
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    if (gl.getShaderParameter(shader, gl.COMPILE_STATUS) !== true) {
      const errors = readShaderLog(gl.getShaderInfoLog(shader) ?? '')
      gl.deleteShader(shader)
      return { kind: 'broken', errors }
    }
    const compileMs = this.#now() - startedAt
    this.#shaders.set(key, { made: shader, compileMs, hits: 0 })
    return { kind: 'compiled', shader, compileMs, isCached: false }
  }

  /** Throws BROKEN_SHADER. */
  link(name: string, vertexSource: string, fragmentSource: string): WebGLProgram {
    const cached = this.#programs.get(name)
    if (cached !== undefined) {
      cached.hits += 1
      return cached.made
    }
    const gl = this.#gl
    const startedAt = this.#now()
    const program = gl.createProgram()
    for (const [kind, source] of [['vertex', vertexSource] as const, ['fragment', fragmentSource] as const]) {
      const compiled = this.compile(kind, source)
      if (compiled.kind === 'broken') throw new BrokenShaderError(`${name}, ${kind} shader`, compiled.errors)
      gl.attachShader(program, compiled.shader)
    }
    gl.linkProgram(program)
    if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
      throw new BrokenShaderError(name, readShaderLog(gl.getProgramInfoLog(program) ?? ''))
    this.#programs.set(name, { made: program, compileMs: this.#now() - startedAt, hits: 0 })
    return program
  }

  facts(): { name: string; compileMs: number; hits: number }[] {
    const programs = [...this.#programs].map(([name, { compileMs, hits }]) => ({ name, compileMs, hits }))
    const shaders = [...this.#shaders].map(([key, { compileMs, hits }]) => ({
      name: `${key.slice(0, key.indexOf('\n'))} shader, ${key.length} characters`,
      compileMs,
      hits,
    }))
    return [...programs, ...shaders].slice(0, 200)
  }
}
