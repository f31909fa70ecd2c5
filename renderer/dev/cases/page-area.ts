import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function pageAreaCases(ui: () => UiUnderTest): void {
  describe('page area', () => {
    const lastArea = async () => (await ui().calls('setPageArea')).at(-1)
    test('is the inside of the plate, and makes room for panels, popups and notices', async () => {
      await ui().open('page')
      await ui().settled()
      expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 1266, height: 688 } })
      await ui().button('Analyse').click()
      await ui().settled()
      expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 876, height: 688 } })
      await ui().press('Shift+Escape')
      await ui().settled()
      expect(await lastArea()).toEqual({ area: { x: 7, y: 85, width: 876, height: 378 } })
      await ui().press('Escape')
      await ui().press('Escape')
      await ui().typeAddress('zebra')
      await ui().settled()
      expect(await lastArea()).toMatchObject({ area: { x: 7, width: 1266 } })
      const list = await ui().page.getByRole('listbox', { name: 'Suggestions' }).boundingBox()
      const covered = await ui().page.evaluate(
        () => document.querySelector('.nx-suggest')?.getBoundingClientRect().bottom,
      )
      expect(list).not.toBeNull()
      expect(await lastArea()).toMatchObject({ area: { y: Math.round((covered ?? 0) + 6) } })
    })

    test('is none where the UI draws the content', async () => {
      await ui().open('crashed')
      await ui().settled()
      expect(await lastArea()).toEqual({ area: null })
      await ui().press('Control+1')
      await ui().settled()
      expect(await lastArea()).toMatchObject({ area: { x: 7, y: 85 } })
    })

    test.each([
      ['crashed', 'Restart page', 'reload'],
      ['hostNotFound', 'Try again', 'reload'],
      ['certificate', 'Go back', 'goBack'],
      ['unresponsive', 'Wait', 'waitForPage'],
      ['repeated', 'Close tab', 'closeTab'],
    ] as const)('%s: the first answer, %s, has the focus', async (fixture, answer, method) => {
      await ui().open(fixture)
      expect(await ui().page.getByRole('alert').getByRole('heading', { level: 1 }).count()).toBe(1)
      expect(await ui().focusedName()).toBe(answer)
      await ui().press('Enter')
      expect(await ui().calls(method)).toHaveLength(1)
    })

    test('a page that pretends to be another is warned about above it, with the reasons and two answers', async () => {
      await ui().open('page')
      const warn = () =>
        ui().page.evaluate(() =>
          window.fixture.changeTab('tab:1', {
            judgement: {
              level: 'danger',
              reasons: [
                { kind: 'lookalike', brand: 'PayPal', brandHost: 'www.paypal.com', how: 'homoglyph' },
                { kind: 'looksLikeSite', host: 'mail.example' },
              ],
              probability: 0.97,
              modelMissing: null,
            },
          }),
        )
      await warn()
      const warning = ui().page.getByRole('alert', { name: 'Warning about this page' })
      expect(await warning.innerText()).toContain('It looks like the page where you sign in at mail.example')
      await warning.getByRole('button', { name: 'I know this site' }).click()
      expect(await ui().calls('trustSite')).toEqual([{ tabId: 'tab:1' }])
      await warning.waitFor({ state: 'detached' })
      await warn()
      await warning.getByRole('button', { name: 'Leave this page' }).click()
      expect(await ui().calls('trustSite')).toHaveLength(1)
    })

    test('a site that the person knows can be warned about again', async () => {
      await ui().open('page')
      await ui().page.evaluate(() => window.fixture.call('saveSettings', { trustedSites: ['plain.example'] }))
      await ui().press('Control+,')
      await ui().button('Warn about plain.example again').click()
      expect((await ui().calls('saveSettings')).at(-1)).toEqual({ trustedSites: [] })
    })
  })
}
