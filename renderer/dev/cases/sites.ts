import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import type { TabSite } from '../../../contracts/sites.ts'
import type { UiUnderTest } from '../ui-under-test.ts'

export function siteCases(ui: () => UiUnderTest): void {
  const asked = (method: string): Promise<unknown[]> =>
    ui().page.evaluate(
      wanted =>
        window.fixture.areas.calls
          .filter(call => call.method === `sitesView.${wanted}`)
          .map(call => call.args[0]),
      method,
    )
  const changeTab = (change: Partial<TabSite>): Promise<void> =>
    ui().page.evaluate(one => window.fixture.areas.sites.changeTab(one), change)
  const question = {
    id: 'q1',
    site: 'call.sea.example',
    permissions: ['camera', 'microphone'],
    mayRemember: true,
  }
  const ask = (mayRemember = true): Promise<void> =>
    changeTab({ question: { ...question, permissions: ['camera', 'microphone'], mayRemember } })
  const prompt = () => ui().page.getByRole('dialog', { name: /^call\.sea\.example wants/ })
  const clickAtOnce = (selector: string): Promise<void> =>
    ui().page.evaluate(
      wanted =>
        new Promise<void>(resolve => {
          const look = (): void => {
            const button = document.querySelector<HTMLElement>(wanted)
            if (button === null) {
              requestAnimationFrame(look)
              return
            }
            button.click()
            resolve()
          }
          look()
        }),
      selector,
    )
  const openSites = async (): Promise<void> => {
    await ui().open('page')
    await ui().button('Menu').click()
    await ui().page.getByRole('menuitem', { name: 'Sites' }).click()
    await ui().page.getByRole('textbox', { name: 'Search sites' }).fill('')
    await ui()
      .button(/^videolab\.example/)
      .waitFor()
  }
  const violations = async (): Promise<string[]> => {
    const { violations: found } = await new AxeBuilder({ page: ui().page }).analyze()
    return found
      .filter(one => one.impact === 'serious' || one.impact === 'critical')
      .map(one => `${one.id}: ${one.nodes[0]?.html}`)
  }

  describe('a page that asks', () => {
    test('has its question on the toolbar, with the refusal under the fingers, and the page clear of it', async () => {
      await ui().open('page')
      await ask()
      await prompt().waitFor()
      expect(await ui().focusedName()).toBe('Not now')
      await ui().settled()
      const box = await prompt().boundingBox()
      const area = (await ui().calls('setPageArea')).at(-1)
      expect(area).toMatchObject({ area: { y: Math.round((box?.y ?? 0) + (box?.height ?? 0) + 6) } })
    })

    test('gets no yes in the first half second, and the one that was meant after it', async () => {
      await ui().open('page')
      // in the page itself, in the first picture that shows it: a tester's own click may come too late
      const clicked = clickAtOnce('.nx-ask .nx-btn--pri')
      await ask()
      await clicked
      expect(await asked('answerPermission')).toEqual([])
      await expect
        .poll(() => prompt().getByRole('button', { name: 'Allow' }).getAttribute('aria-disabled'))
        .toBe('false')
      await prompt().getByText('Always', { exact: true }).click()
      await prompt().getByRole('button', { name: 'Allow' }).click()
      await expect
        .poll(() => asked('answerPermission'))
        .toEqual([{ tabId: 'tab:1', questionId: 'q1', answer: 'always' }])
    })

    test.each([
      ['Escape', 'notNow'],
      ['Enter', 'notNow'],
    ])('%s means %s, at once', async (key, answer) => {
      await ui().open('page')
      await ask()
      await prompt().waitFor()
      await ui().press(key)
      await expect
        .poll(() => asked('answerPermission'))
        .toEqual([{ tabId: 'tab:1', questionId: 'q1', answer }])
      await prompt().waitFor({ state: 'detached' })
    })

    test('of a private tab is offered nothing that would be kept', async () => {
      await ui().open('page')
      await ask(false)
      await prompt().waitFor()
      expect(await prompt().getByText('Always', { exact: true }).count()).toBe(0)
      expect(await prompt().getByRole('button', { name: 'Never on this site' }).count()).toBe(0)
    })

    test('shows what it was allowed, and how large it is shown', async () => {
      await ui().open('page')
      await changeTab({ granted: ['geolocation'], zoomPercent: 125 })
      await ui().page.getByText('Location allowed').waitFor()
      await ui()
        .button(/^Zoom 125 percent/)
        .click()
      await expect.poll(() => asked('zoom')).toEqual([{ tabId: 'tab:1', to: 'reset' }])
    })
  })

  describe('a site that did not prove its name', () => {
    test('is gone on to in two steps, with the certificate that was shown', async () => {
      await ui().open('certificateKnown')
      expect(await ui().focusedName()).toBe('Go back')
      expect(await ui().page.getByRole('main', { name: 'Page' }).innerText()).toContain('Town Library CA 2')
      await ui().button('Go on without proof…').click()
      await ui().button('Go on for this visit').click()
      await expect
        .poll(() => asked('continueUnproven'))
        .toEqual([{ tabId: 'tab:1', fingerprint: expect.stringMatching(/^10:17:/) }])
    })

    test('and demands proof has no way on', async () => {
      await ui().open('certificateHsts')
      expect(await ui().page.getByRole('main', { name: 'Page' }).innerText()).toContain(
        'demanded to be shown with proof',
      )
      expect(await ui().page.getByRole('button', { name: /Go on/ }).count()).toBe(0)
    })

    test('shows all of its certificate when that is wanted', async () => {
      await ui().open('certificateKnown')
      await ui().button('All of the certificate').click()
      const text = await ui().page.getByRole('main', { name: 'Page' }).innerText()
      expect(text).toContain('archive.lib.example, lib.example')
      expect(text).toContain('Elliptic curve, prime256v1')
    })
  })

  describe('a page without encryption', () => {
    test.each([
      ['Go on for this visit', false],
      ['Always for this site', true],
    ])('is loaded after a question: %s', async (name, isAlways) => {
      await ui().open('insecureOnly')
      expect(await ui().focusedName()).toBe('Go back')
      await ui().button(name).click()
      await expect.poll(() => asked('allowInsecure')).toEqual([{ tabId: 'tab:1', isAlways }])
    })
  })

  test('says that there is no network, and is silent about it else', async () => {
    await ui().open('page')
    expect(await ui().page.getByText('Offline', { exact: true }).count()).toBe(0)
    await ui().page.evaluate(() => window.fixture.areas.sites.setOnline(false))
    await ui().page.getByText('Offline', { exact: true }).waitFor()
  })

  test('the mark before the address tells about the connection, the cookies and the way to all data', async () => {
    await ui().open('page')
    await ui().button('About this site').click()
    const about = ui().page.getByRole('dialog', { name: 'About this site' })
    await about.getByText('The connection is private').waitFor()
    const text = await about.innerText()
    expect(text).toContain('2 cookies')
    expect(text).toContain('12 times, cookies of other sites were kept away')
    expect(text).toContain('Town Library CA 2')
    await about.getByRole('button', { name: 'Site data…' }).click()
    await ui().page.getByRole('heading', { name: 'Sites', level: 1 }).waitFor()
  })

  describe('the page of sites', () => {
    test('lists what each keeps, and is searched', async () => {
      await openSites()
      const rows = ui().page.getByRole('list', { name: 'Sites' }).getByRole('button', { expanded: false })
      expect(await rows.count()).toBe(3)
      await ui().page.getByRole('textbox', { name: 'Search sites' }).fill('old')
      await expect.poll(() => rows.count()).toBe(1)
    })

    test('changes what a site may, and deletes its cookies, one or all', async () => {
      await openSites()
      await ui()
        .button(/^videolab\.example/)
        .click()
      const { page } = ui()
      await page.getByLabel('Notifications').selectOption('ask')
      await page.getByLabel('What it may keep').selectOption('sessionOnly')
      await page.getByRole('button', { name: 'Delete the cookie session' }).click()
      const clearing = page.getByRole('region', { name: 'Clear data of videolab.example' })
      await clearing.getByRole('button', { name: 'Databases' }).click()
      await page.getByRole('status').getByText('Databases of videolab.example cleared.').waitFor()
      await expect
        .poll(() => asked('setPermission'))
        .toEqual([{ site: 'videolab.example', permission: 'notifications', isAllowed: null }])
      expect(await asked('choose')).toEqual([
        { site: 'videolab.example', changes: { cookies: 'sessionOnly' } },
      ])
      expect(await asked('deleteCookie')).toEqual([
        { name: 'session', domain: 'videolab.example', path: '/', isSecure: true },
      ])
      expect(await asked('clearSite')).toEqual([{ site: 'videolab.example', kinds: ['indexedDb'] }])
    })

    test('says what it could not clear by time', async () => {
      await openSites()
      const form = ui().page.getByRole('region', { name: 'Clear over all sites' })
      await form.getByRole('checkbox', { name: 'Cookies' }).check()
      await form.getByRole('button', { name: 'Clear' }).click()
      await ui()
        .page.getByText(/Left alone: Cookies\./)
        .waitFor()
      expect(await asked('clearSpan')).toEqual([{ span: 'hour', kinds: ['history', 'cookies'] }])
    })
  })

  test.each(['light', 'dark'])(
    'no violation on these screens, %s',
    async theme => {
      const found: string[] = []
      for (const fixture of ['certificateKnown', 'certificateHsts', 'insecureOnly']) {
        await ui().open(fixture, { theme })
        if (fixture === 'certificateKnown') await ui().button('Go on without proof…').click()
        found.push(...(await violations()))
      }
      await ui().open('page', { theme })
      await changeTab({ granted: ['geolocation'], zoomPercent: 125 })
      await ask()
      await prompt().waitFor()
      await expect
        .poll(() => prompt().getByRole('button', { name: 'Allow' }).getAttribute('aria-disabled'))
        .toBe('false')
      found.push(...(await violations()))
      await ui().press('Escape')
      await ui().button('About this site').click()
      await ui().page.getByText('The connection is private').waitFor()
      found.push(...(await violations()))
      await ui().open('page', { theme })
      await ui().button('Menu').click()
      await ui().page.getByRole('menuitem', { name: 'Sites' }).click()
      await ui().page.getByRole('textbox', { name: 'Search sites' }).fill('')
      await ui()
        .button(/^videolab\.example/)
        .click()
      found.push(...(await violations()))
      expect(found).toEqual([])
    },
    60_000,
  )
}
