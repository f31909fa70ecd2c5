import { describe, expect, it } from 'vitest'
import type { CompositorUnderTest } from '../compositor-under-test.ts'
import { difference } from './difference.ts'

export function graphicsCases(compositor: () => CompositorUnderTest): void {
  describe('the graphics context', () => {
    it('is made again when it is lost, and its pictures are asked for again', async () => {
      await compositor().open(12)
      const lose = () =>
        compositor().page.evaluate(() => {
          const gl = document.querySelector('canvas')?.getContext('webgl2')
          gl?.getExtension('WEBGL_lose_context')?.loseContext()
          return new Promise(done => setTimeout(done, 50))
        })
      const whole = await compositor().page.screenshot()
      await lose()
      await expect.poll(() => compositor().events('contextLost')).toEqual([{ losses: 1, isSoftware: false }])
      await expect
        .poll(
          async () =>
            (await difference(compositor().page, whole, await compositor().page.screenshot())).apart,
          {
            timeout: 10_000,
          },
        )
        .toBeLessThan(0.001)
      await lose()
      await lose()
      await expect
        .poll(() => compositor().events('contextLost'))
        .toEqual([
          { losses: 1, isSoftware: false },
          { losses: 2, isSoftware: false },
          { losses: 3, isSoftware: true },
        ])
      await expect
        .poll(
          async () =>
            (await difference(compositor().page, whole, await compositor().page.screenshot())).apart,
          {
            timeout: 10_000,
          },
        )
        .toBeLessThan(0.003)
      const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
      expect([facts.path, facts.softwareReason, facts.contextLosses]).toEqual(['software', 'lostTooOften', 3])
    })

    it('says where a shader is broken, and compiles one only once', async () => {
      await compositor().load()
      const compile = (source: string) =>
        compositor().page.evaluate(
          text => window.workbench.client.compileShader({ kind: 'fragment', source: text }),
          source,
        )
      const good = '#version 300 es\nprecision highp float;\nout vec4 c;\nvoid main() { c = vec4(1.0); }\n'
      expect(await compile(good)).toMatchObject({ kind: 'compiled', isCached: false })
      expect(await compile(good)).toMatchObject({ kind: 'compiled', isCached: true })
      const broken = await compile(good.replace('vec4(1.0)', 'colour'))
      expect(broken.kind === 'broken' && broken.errors[0]).toEqual({
        line: 4,
        message: expect.stringContaining("'colour'"),
      })
    })

    it('knows what it draws with', async () => {
      await compositor().open(3)
      const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
      expect(facts).toMatchObject({
        path: 'webgl2',
        softwareReason: null,
        adapter: { renderer: expect.stringMatching(/./), version: expect.stringContaining('WebGL 2.0') },
        hasVideoDecoder: true,
        contexts: [{ id: 'tabs', textures: 3, evictions: 0 }],
        uploads: { count: 3 },
        lastOpening: { surface: 'overview', items: 3, path: 'webgl2' },
      })
      expect(facts.shaders.map(({ name }) => name)).toContain('quads')
      expect(facts.limits.find(({ name }) => name === 'MAX_TEXTURE_SIZE')?.value).toBeGreaterThan(2_000)
    })

    it('draws plainly where WebGL2 has no graphics processor behind it, and says why', async () => {
      await compositor().open(3, { graphics: 'automatic' })
      const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
      const isSoftwareRenderer = /SwiftShader|llvmpipe|Basic Render/.test(facts.adapter?.renderer ?? '')
      expect([facts.path, facts.softwareReason]).toEqual(
        isSoftwareRenderer ? ['software', 'slowWebGl2'] : ['webgl2', null],
      )
    })
  })
}
