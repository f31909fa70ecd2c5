import type { Static } from 'typebox'
import * as Type from 'typebox'

const text = Type.String({ maxLength: 500 })
const count = Type.Integer({ minimum: 0 })
const milliseconds = Type.Number({ minimum: 0 })

/** How the pictures are made: by the graphics processor (or what stands in for it), or by plain drawing. */
export const GraphicsPath = Type.Union([Type.Literal('webgl2'), Type.Literal('software')])
export type GraphicsPath = Static<typeof GraphicsPath>

/** How the frames of one opening or closing followed one another. */
export const FrameTimes = Type.Object({
  surface: Type.Union([Type.Literal('overview'), Type.Literal('map')]),
  phase: Type.Union([Type.Literal('opening'), Type.Literal('closing')]),
  path: GraphicsPath,
  /** Tabs, or points of the map. */
  items: count,
  frames: count,
  durationMs: milliseconds,
  framesPerSecond: Type.Number({ minimum: 0 }),
  /** Between two frames. */
  p50Ms: milliseconds,
  p95Ms: milliseconds,
})
export type FrameTimes = Static<typeof FrameTimes>

/** What one shader or one program of two cost. */
export const ShaderFacts = Type.Object({
  name: text,
  /** Compiling and linking, waited for. */
  compileMs: milliseconds,
  /** How often it was asked for again and not compiled. */
  hits: count,
})
export type ShaderFacts = Static<typeof ShaderFacts>

/** What the compositor knows of the graphics that it draws with. */
export const GpuFacts = Type.Object({
  path: GraphicsPath,
  /** Why the software path is taken; null on the other. */
  softwareReason: Type.Union([
    Type.Literal('setting'),
    Type.Literal('noWebGl2'),
    /** WebGL2 is there, without a graphics processor: plain drawing is the quicker way. */
    Type.Literal('slowWebGl2'),
    Type.Literal('lostTooOften'),
    Type.Null(),
  ]),
  /** Null where there is no WebGL2. */
  adapter: Type.Union([
    Type.Object({ vendor: text, renderer: text, version: text, shadingLanguage: text }),
    Type.Null(),
  ]),
  /** Null where the page has no WebGPU or it finds no adapter. */
  webGpu: Type.Union([Type.Object({ vendor: text, architecture: text, description: text }), Type.Null()]),
  hasVideoDecoder: Type.Boolean(),
  /** WebGL extensions by name. */
  features: Type.Array(text, { maxItems: 200 }),
  /** The limits of WebGL2 that matter here, by name. */
  limits: Type.Array(Type.Object({ name: text, value: Type.Number() }), { maxItems: 50 }),
  contexts: Type.Array(
    Type.Object({ id: text, textures: count, bytes: count, budgetBytes: count, evictions: count }),
    { maxItems: 100 },
  ),
  shaders: Type.Array(ShaderFacts, { maxItems: 200 }),
  /** Textures of all contexts, with what labels and the canvas take. */
  memoryBytes: count,
  memoryBudgetBytes: count,
  /** Times the graphics context was lost since the process began. */
  contextLosses: count,
  uploads: Type.Object({ count, medianMs: milliseconds, p95Ms: milliseconds }),
  /** Of the last opening; null before the first. */
  lastOpening: Type.Union([FrameTimes, Type.Null()]),
})
export type GpuFacts = Static<typeof GpuFacts>

/** What main knows of the graphics and their processes, with what the compositor said. For `nexus://gpu`. */
export const GpuReport = Type.Object({
  process: Type.Object({
    /** Of the process tree. */
    state: text,
    pid: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    restarts: count,
    isSoftware: Type.Boolean(),
  }),
  /** Chromium's own graphics process. */
  engine: Type.Object({
    pid: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    losses: count,
    /** Of the engine, by name: "gpu_compositing" and the like, with what it says of each. */
    features: Type.Array(Type.Object({ name: text, status: text }), { maxItems: 100 }),
  }),
  /** Null while the compositor does not answer. */
  graphics: Type.Union([GpuFacts, Type.Null()]),
})
export type GpuReport = Static<typeof GpuReport>
