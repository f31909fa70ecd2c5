import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import type { CompositorUnderTest } from '../compositor-under-test.ts'

export function mapCases(compositor: () => CompositorUnderTest): void {
  describe('the map', () => {
    it('is moved through, zoomed, searched and opened by key', async () => {
      await compositor().load()
      const { page } = compositor()
      await page.evaluate(() => window.workbench.showMap(40))
      await page.getByRole('listbox', { name: 'Pages by meaning' }).waitFor()
      const first = await compositor().focused()
      expect(first).toMatch(/page \d+/)
      await page.keyboard.press('ArrowLeft')
      expect(await compositor().focused()).not.toBe(first)
      await page.keyboard.press('+')
      await page.keyboard.press('0')
      await page.keyboard.press('Enter')
      await expect.poll(() => compositor().events('pointChosen')).toHaveLength(1)
      await page.keyboard.press('/')
      await page.keyboard.type('Baking: page 2')
      await page.keyboard.press('Enter')
      await expect.poll(() => compositor().events('pointChosen')).toHaveLength(2)
      await page.getByRole('button', { name: 'Nearer' }).click()
      await page.getByRole('radio', { name: 'Tabs' }).check({ force: true })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id }) => id)).toEqual([])
    })

    it('says so when there is nothing to show', async () => {
      await compositor().load()
      await compositor().page.evaluate(() => window.workbench.showMap(0))
      await compositor().page.getByText('No page has been read yet').waitFor()
    })
  })
}
