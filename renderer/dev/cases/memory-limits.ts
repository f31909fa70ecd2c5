import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function memoryLimitCases(ui: () => UiUnderTest): void {
  describe('memory limits in the settings', () => {
    const field = (name: string) => ui().page.getByRole('textbox', { name, exact: true })
    const saved = () => ui().calls('saveSettings')
    const limits = { tab: 512, gpu: 1_024, ai: 2_048, controller: 1_024, other: 512 }

    test('are typed in megabytes, and taken back to what was installed', async () => {
      await ui().open('page')
      await ui().press('Control+,')
      await field('Pages, each site').fill('700')
      await ui().press('Enter')
      expect(await saved()).toEqual([{ memoryLimitsMegabytes: { ...limits, tab: 700 } }])
      await ui().page.getByText('As installed: 512 MB.').waitFor()
      await ui().button('Pages, each site: back to 512 MB').click()
      expect((await saved()).at(-1)).toEqual({ memoryLimitsMegabytes: limits })
      expect(await field('Pages, each site').inputValue()).toBe('512')
    })

    test('that cannot be are said to be so, and not saved', async () => {
      await ui().open('page')
      await ui().press('Control+,')
      for (const [typed, problem] of [
        ['12', 'At least 64 MB: no process runs with less.'],
        ['much', 'A whole number of megabytes, such as 512.'],
      ] as const) {
        await field('Graphics').fill(typed)
        await ui().press('Enter')
        await ui().page.getByText(problem).waitFor()
        expect(await field('Graphics').getAttribute('aria-invalid')).toBe('true')
      }
      expect(await saved()).toEqual([])
    })

    test('of single sites are listed, and taken away', async () => {
      await ui().open('siteLimits')
      await ui().press('Control+,')
      const sites = ui().page.getByRole('list', { name: 'Sites with a memory limit of their own' })
      expect(await sites.innerText()).toContain('1,024 MB')
      await sites.getByRole('button', { name: 'Limit videolab.example like others' }).click()
      expect(await saved()).toEqual([{ siteMemoryLimits: [{ site: 'maps.example', megabytes: 2_048 }] }])
      await sites.getByText('maps.example').waitFor()
      expect(await sites.getByRole('listitem').count()).toBe(1)
    })
  })
}
