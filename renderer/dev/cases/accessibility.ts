import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function accessibilityCases(ui: () => UiUnderTest): void {
  describe('accessibility', () => {
    const messages = async () => {
      await ui().press('Shift+Escape')
      await ui()
        .page.getByRole('radio', { name: /^Messages/ })
        .check({ force: true })
      await ui().page.getByRole('treegrid', { name: 'Messages between processes' }).waitFor()
    }
    const openCrashes = async () => {
      await ui().button('Menu').click()
      await ui().page.getByRole('menuitem', { name: 'Crashes' }).click()
      await ui()
        .button(/^videolab.example/)
        .first()
        .click()
      await ui().button('Clear all…').click()
    }
    const screens: readonly (readonly [fixture: string, prepare?: () => Promise<void>])[] = [
      ['page', () => ui().press('Shift+Escape')],
      ['page', messages],
      [
        'page',
        async () => {
          await messages()
          await ui()
            .button(/^Reader, /)
            .click()
          await ui()
            .button(/^Waiting/)
            .click()
        },
      ],
      ['loading'],
      ['newTab'],
      ['manyTabs'],
      ['analysis', () => ui().button('Analyse').click()],
      ['running', () => ui().button('Analyse').click()],
      ['analysisFailed', () => ui().button('Analyse').click()],
      ['hostNotFound'],
      ['certificate'],
      ['crashed'],
      ['outOfMemory'],
      ['hung'],
      ['heldBack'],
      ['page', () => openCrashes()],
      ['unresponsive'],
      ['notices', () => ui().press('Control+,')],
      ['siteLimits', () => ui().press('Control+,')],
      ['page', () => ui().typeAddress('harb')],
      [
        'page',
        async () => {
          await ui().press('Control+h')
          await ui().page.getByRole('textbox', { name: 'Search what you have read' }).fill('tide')
          await ui()
            .button(/^What is stored about/)
            .first()
            .click()
          await ui()
            .button(/^Forget Why/)
            .click()
          await ui().page.getByText('Keep it').waitFor()
        },
      ],
      [
        'page',
        async () => {
          await ui()
            .button(/^Downloads, /)
            .click()
          await ui().button('More, tide-tables-2031.pdf').click()
        },
      ],
      [
        'page',
        async () => {
          await ui().press('Control+Alt+r')
          await ui().page.getByRole('article').waitFor()
        },
      ],
      ['page', () => ui().button('Menu').click()],
      ['page', () => ui().button('Media, 1 playing').click()],
      [
        'page',
        async () => {
          await ui().button('Media, 1 playing').click()
          await ui().button('All media').click()
          await ui().button('Open files…').click()
          await ui().page.getByText('broken.mp3').waitFor()
        },
      ],
    ]
    // the dark screens differ in their colours alone
    test.each(['light', 'dark'])(
      'no serious violation on any screen, %s',
      async theme => {
        const found: string[] = []
        for (const [fixture, prepare] of screens) {
          await ui().open(fixture, { theme })
          await prepare?.()
          const axe = new AxeBuilder({ page: ui().page })
          if (theme === 'dark') axe.withRules(['color-contrast'])
          const { violations } = await axe.analyze()
          for (const violation of violations) {
            if (violation.impact !== 'serious' && violation.impact !== 'critical') continue
            const [first] = violation.nodes
            found.push(`${fixture}: ${violation.id}: ${first?.html} ${first?.failureSummary}`)
          }
        }
        expect(found).toEqual([])
      },
      180_000,
    )
  })
}
