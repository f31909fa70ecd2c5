import { areaContracts } from '../../../contracts/areas.ts'
import type { GpuReport } from '../../../contracts/gpu-facts.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

const report: GpuReport = {
  process: { state: 'idle', pid: 4_301, restarts: 1, isSoftware: false },
  engine: {
    pid: 4_120,
    losses: 0,
    features: [
      { name: 'gpu_compositing', status: 'enabled' },
      { name: 'webgl', status: 'enabled_readback' },
    ],
  },
  graphics: {
    path: 'webgl2',
    softwareReason: null,
    adapter: {
      vendor: 'Example',
      renderer: 'Example Graphics 7',
      version: 'WebGL 2.0',
      shadingLanguage: 'WebGL GLSL ES 3.00',
    },
    webGpu: null,
    hasVideoDecoder: true,
    features: ['EXT_color_buffer_float', 'OES_texture_float_linear'],
    limits: [{ name: 'MAX_TEXTURE_SIZE', value: 8_192 }],
    contexts: [
      { id: 'tabs', textures: 12, bytes: 4_800_000, budgetBytes: 67_108_864, evictions: 0 },
      { id: 'labels', textures: 2, bytes: 2_097_152, budgetBytes: 16_777_216, evictions: 1 },
    ],
    shaders: [{ name: 'card', compileMs: 3.4, hits: 2 }],
    memoryBytes: 6_897_152,
    memoryBudgetBytes: 83_886_080,
    contextLosses: 0,
    uploads: { count: 12, medianMs: 0.6, p95Ms: 1.4 },
    lastOpening: {
      surface: 'overview',
      phase: 'opening',
      path: 'webgl2',
      items: 12,
      frames: 13,
      durationMs: 220,
      framesPerSecond: 59.1,
      p50Ms: 16.7,
      p95Ms: 17.9,
    },
  },
}

/** The area "overview", made up: what another process would draw is not there. */
export function serveOverviewFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.overview, {
    open: ({ surface }) => {
      endpoint.announce(areaContracts.overview, 'surfaceChanged', { surface })
      return {}
    },
    close: () => {
      endpoint.announce(areaContracts.overview, 'surfaceChanged', { surface: null })
      return {}
    },
    preview: () => ({}),
    graphics: () => report,
  })
}
