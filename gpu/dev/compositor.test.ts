import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { drawingCases } from './cases/drawing.ts'
import { graphicsCases } from './cases/graphics.ts'
import { mapCases } from './cases/map.ts'
import { overviewCases } from './cases/overview.ts'
import { textureCases } from './cases/textures.ts'
import { CompositorUnderTest } from './compositor-under-test.ts'

/** One build and one browser for everything that is tested in a real page. */
let started: CompositorUnderTest | null = null

function compositor(): CompositorUnderTest {
  if (started === null) throw new Error('The compositor has not been started')
  return started
}

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production')
  started = await CompositorUnderTest.start()
  vi.unstubAllEnvs()
}, 60_000)
afterEach(() => {
  expect(compositor().complaints).toEqual([])
})
afterAll(() => started?.[Symbol.asyncDispose]())

drawingCases(compositor)
graphicsCases(compositor)
textureCases(compositor)
overviewCases(compositor)
mapCases(compositor)
