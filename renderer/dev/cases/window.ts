import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function windowCases(ui: () => UiUnderTest): void {
  describe('the rest of the window', () => {
    test('an intent that fails says so and can be dismissed', async () => {
      await ui().open('page')
      await ui().page.evaluate(() => window.fixture.refused.add('reload'))
      await ui().press('F5')
      const note = ui().page.getByRole('log', { name: 'Notices' })
      await note
        .getByText('Nexus could not reload the page. The controller refused it. (HANDLER_ERROR)')
        .waitFor()
      await note.getByRole('button', { name: /^Dismiss/ }).click()
      expect(await note.innerText()).toBe('')
    })

    test('a controller that goes takes the page with it, over a real port', async () => {
      await ui().open('page', { link: 'port' })
      await ui().press('Control+2')
      await ui().page.getByRole('tab', { name: 'Station map, west coast', selected: true }).waitFor()
      await ui().page.evaluate(() => window.fixture.lose())
      await ui().page.getByRole('heading', { name: 'Nexus core is gone' }).waitFor()
    })

    test('a shortcut pressed in a page acts here', async () => {
      await ui().open('page')
      await ui().page.evaluate(() => window.fixture.press('analyze'))
      await ui().page.getByRole('complementary', { name: 'Analysis' }).waitFor()
      await ui().page.evaluate(() => window.fixture.press('closePanel'))
      await ui().page.getByRole('complementary').waitFor({ state: 'detached' })
      await ui().page.evaluate(() => window.fixture.press('focusOmnibox'))
      expect(await ui().focusedName()).toBe('Address and search')
    })

    test('the theme follows the setting at once', async () => {
      await ui().open('page')
      await ui().button('Menu').click()
      await ui().page.getByRole('menuitem', { name: 'Settings' }).click()
      await ui().page.getByText('Dark', { exact: true }).click()
      expect(await ui().calls('saveSettings')).toEqual([{ theme: 'dark' }])
      expect(await ui().page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
      await ui().page.getByRole('switch', { name: 'Open the last tabs again' }).press('Space')
      expect((await ui().calls('saveSettings')).at(-1)).toEqual({ restoresSession: false })
      await ui()
        .page.getByText(/on cores 0 to 1, the reader model on cores 2 to 3/)
        .waitFor()
      await ui().page.getByRole('switch', { name: 'Cores of their own' }).press('Space')
      expect((await ui().calls('saveSettings')).at(-1)).toEqual({ setsAffinity: true })
    })

    test('everything keeps its place in a narrow window', async () => {
      await ui().open('analysis', { width: 480 })
      await ui().press('Shift+Escape')
      await ui().page.getByRole('treegrid').waitFor()
      await ui().button('Analyse').click()
      await ui().page.getByRole('treegrid').waitFor({ state: 'hidden' })
      await ui().settled()
      expect((await ui().calls('setPageArea')).at(-1)).toEqual({ area: null })
      expect((await ui().page.getByRole('complementary').boundingBox())?.width).toBeGreaterThan(400)
      expect(await ui().page.evaluate(() => document.documentElement.scrollWidth)).toBe(480)
    })
  })
}
