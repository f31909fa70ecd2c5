import { describe, expect, it } from 'vitest'
import type { CompositorUnderTest } from '../compositor-under-test.ts'
import { difference } from './difference.ts'

export function drawingCases(compositor: () => CompositorUnderTest): void {
  describe('the two ways of drawing', () => {
    it.each(['light', 'dark'] as const)('show the same overview, %s', async theme => {
      const pictures: Buffer[] = []
      for (const graphics of ['webgl2', 'software'] as const) {
        await compositor().open('design', { graphics, theme })
        const { path } = await compositor().page.evaluate(() => window.workbench.client.facts({}))
        expect(path).toBe(graphics)
        pictures.push(await compositor().page.screenshot())
      }
      const [gl, software] = pictures
      if (gl === undefined || software === undefined) throw new Error('no pictures')
      const { mean, apart } = await difference(compositor().page, gl, software)
      // Pictures are made smaller by other filters, edges are rounded by other arithmetic; nothing else may differ.
      expect(mean).toBeLessThan(0.002)
      expect(apart).toBeLessThan(0.003)
    })

    it('show the same map', async () => {
      const pictures: Buffer[] = []
      for (const graphics of ['webgl2', 'software'] as const) {
        await compositor().load({ graphics })
        await compositor().page.evaluate(() => window.workbench.showMap(300))
        await compositor().settled()
        pictures.push(await compositor().page.screenshot())
      }
      const [gl, software] = pictures
      if (gl === undefined || software === undefined) throw new Error('no pictures')
      const { mean, apart } = await difference(compositor().page, gl, software)
      expect(mean).toBeLessThan(0.002)
      expect(apart).toBeLessThan(0.005)
    })

    it('are told apart by that test', async () => {
      await compositor().open('design')
      const before = await compositor().page.screenshot()
      await compositor().page.keyboard.press('ArrowRight')
      await compositor().settled()
      const { apart } = await difference(compositor().page, before, await compositor().page.screenshot())
      expect(apart).toBeGreaterThan(0.003)
    })
  })
}
