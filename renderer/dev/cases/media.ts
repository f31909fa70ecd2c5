import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function mediaCases(ui: () => UiUnderTest): void {
  describe('media', () => {
    /** What the area was asked for, without what every window asks for. */
    const asked = () =>
      ui().page.evaluate(() =>
        window.fixture.areas.calls
          .filter(({ method }) => method.startsWith('mediaView.') && !/\.(state|watch|unwatch)$/.test(method))
          .map(({ method, args }) => [method, ...args]),
      )
    const openPlaying = async (): Promise<void> => {
      await ui().open('page')
      await ui().button('Media, 1 playing').click()
    }

    test('a tab that sounds says so, and is muted by its mark or by the key M', async () => {
      await ui().open('page')
      const sounding = ui().page.getByRole('tab', { name: /, playing$/ })
      await sounding.waitFor()
      await ui()
        .button(/^Mute /)
        .click()
      await ui()
        .page.getByRole('tab', { name: /, muted$/ })
        .first()
        .waitFor()
      await ui().page.getByRole('tab', { selected: true }).focus()
      await ui().press('m')
      await expect.poll(asked).toEqual([
        ['mediaView.setTabMuted', { tabId: 'tab:2', isMuted: true }],
        ['mediaView.setTabMuted', { tabId: 'tab:1', isMuted: true }],
      ])
    })

    test('what plays is steered from the toolbar: pause, place, next, and the tab itself', async () => {
      await openPlaying()
      await ui().button('Pause, The night tide').click()
      await ui().button('Play, The night tide').waitFor()
      await ui().button('Next, The night tide').click()
      expect(await ui().button('Previous, The night tide').isDisabled()).toBe(true)
      const place = ui().page.getByRole('slider', { name: 'Position, The night tide' })
      expect(await place.getAttribute('aria-valuetext')).toBe('1:01 of 4:12')
      await place.focus()
      await ui().press('End')
      const kinds = async () => [
        ...new Set((await asked()).map(call => /"kind":"(\w+)"/.exec(JSON.stringify(call))?.[1])),
      ]
      await expect.poll(kinds).toEqual(['pause', 'next', 'seekTo'])
      await ui().page.getByTitle('Show the tab').first().click()
      await expect.poll(() => ui().calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
    })

    test('the page of all media chooses for a site, and plays files with a word for a broken one', async () => {
      await openPlaying()
      await ui().button('All media').click()
      const page = ui().page.getByRole('region', { name: 'Media', exact: true })
      await page.getByRole('checkbox', { name: 'Always mute tidewatch.example' }).click()
      await page.getByRole('combobox', { name: 'May begin by itself' }).first().selectOption('never')
      await page.getByRole('button', { name: 'Open files…' }).click()
      await page.getByText('The frame at this place is damaged. (byte 40,112)').waitFor()
      await page.getByRole('button', { name: 'Take broken.mp3 off the list' }).click()
      await page.getByText('broken.mp3').waitFor({ state: 'detached' })
      await expect.poll(asked).toEqual([
        ['mediaView.setSiteMuted', { tabId: 'tab:2', isMuted: true }],
        ['mediaView.setSiteAutoplay', { tabId: 'tab:2', autoplay: 'never' }],
        ['mediaView.chooseFiles', {}],
        ['mediaView.removeFile', { id: 'file:2' }],
      ])
      await ui().press('Escape')
      await page.waitFor({ state: 'detached' })
    })
  })
}
