import type { GpuFacts } from '../../contracts/gpu-facts.ts'
import type { Stage } from './stage.ts'

const limits = [
  'MAX_TEXTURE_SIZE',
  'MAX_3D_TEXTURE_SIZE',
  'MAX_ARRAY_TEXTURE_LAYERS',
  'MAX_TEXTURE_IMAGE_UNITS',
  'MAX_COMBINED_TEXTURE_IMAGE_UNITS',
  'MAX_RENDERBUFFER_SIZE',
  'MAX_VERTEX_ATTRIBS',
  'MAX_VERTEX_UNIFORM_VECTORS',
  'MAX_FRAGMENT_UNIFORM_VECTORS',
  'MAX_DRAW_BUFFERS',
  'MAX_SAMPLES',
] as const

/** What there is to draw with, and what it takes. */
export async function gatherFacts(stage: Stage): Promise<GpuFacts> {
  const { graphics, budget, atlas, uploads } = stage
  const drawn = graphics.gl
  const contexts = budget.facts()
  const { canvas } = graphics.painter
  return {
    path: graphics.painter.path,
    softwareReason: graphics.softwareReason,
    adapter: drawn === null ? null : adapterOf(drawn.context),
    webGpu: await webGpuAdapter(),
    hasVideoDecoder: typeof VideoDecoder !== 'undefined',
    features: drawn?.context.getSupportedExtensions()?.slice(0, 200) ?? [],
    limits:
      drawn === null
        ? []
        : limits.map(name => ({ name, value: Number(drawn.context.getParameter(drawn.context[name])) })),
    contexts,
    shaders: drawn?.programs.facts() ?? [],
    memoryBytes:
      budget.bytes +
      atlas.bytes * (graphics.painter.path === 'software' ? 1 : 2) +
      canvas.width * canvas.height * 4,
    memoryBudgetBytes: budget.totalBytes,
    contextLosses: graphics.losses,
    uploads: { count: uploads.count, medianMs: uploads.percentiles.p50, p95Ms: uploads.percentiles.p95 },
    lastOpening: stage.lastOpening,
  }
}

function adapterOf(gl: WebGL2RenderingContext): NonNullable<GpuFacts['adapter']> {
  const debug = gl.getExtension('WEBGL_debug_renderer_info')
  const read = (name: number): string => String(gl.getParameter(name)).slice(0, 500)
  return {
    vendor: read(debug?.UNMASKED_VENDOR_WEBGL ?? gl.VENDOR),
    renderer: read(debug?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER),
    version: read(gl.VERSION),
    shadingLanguage: read(gl.SHADING_LANGUAGE_VERSION),
  }
}

/** The parts of WebGPU that are asked for here. */
interface WebGpu {
  requestAdapter(): Promise<{ readonly info: NonNullable<GpuFacts['webGpu']> } | null>
}

async function webGpuAdapter(): Promise<GpuFacts['webGpu']> {
  const gpu = 'gpu' in navigator ? (navigator.gpu as WebGpu | undefined) : undefined
  const adapter = await gpu?.requestAdapter().catch(() => null)
  if (adapter === null || adapter === undefined) return null
  const { vendor, architecture, description } = adapter.info
  return { vendor, architecture, description }
}
