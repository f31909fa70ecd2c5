import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function processCases(ui: () => UiUnderTest): void {
  const page = () => ui().page
  const asked = (method: string) =>
    page().evaluate(
      wanted =>
        window.fixture.areas.calls
          .filter(call => call.method === `processesView.${wanted}`)
          .map(({ args }) => args[0]),
      method,
    )
  const row = (id: string) => page().locator(`[data-row="${id}"]`)
  const focused = () => page().locator('[role=row]:focus').getAttribute('data-row')
  const sample = () => page().evaluate(() => window.fixture.sample())
  const order = () =>
    page()
      .locator('[role=row][data-row]')
      .evaluateAll(rows => rows.map(one => one.getAttribute('data-row')))
  const cpuOfRows = () =>
    page()
      .locator('[data-row] [data-column=cpu]')
      .evaluateAll(cells => cells.map(cell => (cell.textContent === '—' ? -1 : Number(cell.textContent))))
  const flat = async () => {
    await page().getByRole('radio', { name: 'Flat' }).check({ force: true })
    await page().getByRole('grid', { name: 'Processes' }).waitFor()
  }
  const openPage = async (options: Parameters<UiUnderTest['open']>[1] = {}) => {
    await ui().open('page', options)
    await ui().typeAddress('nexus://processes')
    await ui().press('Enter')
    await row('ai').waitFor()
  }

  describe('the dock of the processes', () => {
    test('samples only while it is open', async () => {
      await ui().openProcesses()
      expect(await ui().calls('watchProcesses')).toHaveLength(1)
      await ui().press('Shift+Escape')
      await page().getByRole('treegrid').waitFor({ state: 'detached' })
      expect(await ui().calls('unwatchProcesses')).toHaveLength(1)
    })

    test('begins at the process of the tab in view; arrows, open and close, Enter and Delete', async () => {
      await ui().openProcesses()
      expect(await focused()).toBe('tab:1')
      await ui().press('ArrowLeft')
      expect(await focused()).toBe('group:sites')
      await ui().press('ArrowLeft')
      await expect.poll(() => row('group:sites').getAttribute('aria-expanded')).toBe('false')
      await ui().press('ArrowRight')
      await ui().press('ArrowRight')
      await ui().press('ArrowDown')
      expect(await focused()).toBe('tab:2')
      await ui().press('Enter')
      expect(await ui().calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
      await ui().press('Delete')
      await expect.poll(() => asked('act')).toEqual([{ processId: 'tab:2', action: 'end' }])
      await sample()
      await row('tab:2').waitFor({ state: 'detached' })
    })

    test('rows say their place and their readings; what cannot be ended has no button for it', async () => {
      await ui().openProcesses()
      const map = page().getByRole('row', { name: /kartverk\.example/ })
      expect(
        await map.evaluate(element =>
          ['aria-level', 'aria-posinset', 'aria-setsize'].map(name => element.getAttribute(name)),
        ),
      ).toEqual(['2', '2', '4'])
      expect(await map.getByRole('meter').getAttribute('aria-valuetext')).toBe('430 of 512 megabytes')
      expect(await row('controller').getByRole('button', { name: 'End' }).count()).toBe(0)
      await row('controller').focus()
      await ui().press('Delete')
      await page().getByText('Nexus could not end Nexus core. Everything else depends on the core.').waitFor()
    })

    test('filters by words with "/" and sorts by the head', async () => {
      await ui().openProcesses()
      await ui().press('/')
      await page().keyboard.type('stor')
      await expect.poll(() => page().getByRole('rowheader').count()).toBe(2)
      await ui().press('Escape')
      await ui().button('Memory of limit').click()
      expect(
        await page().getByRole('columnheader', { name: 'Memory of limit' }).getAttribute('aria-sort'),
      ).toBe('descending')
    })

    test('a closed parent shows the sum of what is below it, without a limit', async () => {
      await ui().openProcesses()
      expect(await row('controller').getByRole('meter').count()).toBe(1)
      await row('controller').focus()
      await ui().press('ArrowLeft')
      await expect.poll(() => row('controller').innerText()).toContain('530 MB')
      expect(await row('controller').getByRole('meter').count()).toBe(0)
    })

    test('flat, all stand side by side, and left and right go along the cells', async () => {
      await ui().openProcesses()
      await flat()
      expect(await page().locator('[aria-level]').count()).toBe(0)
      expect(await order()).toHaveLength(10)
      await row('ai').focus()
      await ui().press('ArrowRight')
      await ui().press('ArrowRight')
      await expect
        .poll(() => page().evaluate(() => document.activeElement?.getAttribute('data-cell')))
        .toBe('1')
    })

    test('rows stand still while a row has the focus or the pointer is over them, and are sorted after it, or by R', async () => {
      await ui().openProcesses()
      await flat()
      // seconds pass only when they are told to
      await page().evaluate(() => window.fixture.call('unwatchProcesses', {}))
      await ui().button('CPU %').click()
      await row('storage').focus()
      const before = await order()
      const sorted = (loads: readonly number[]) => loads.toSorted((one, other) => other - one)
      for (let second = 0; second < 8; second += 1) await sample()
      await ui().settled()
      expect(await order()).toEqual(before)
      expect(await cpuOfRows()).not.toEqual(sorted(await cpuOfRows()))
      await ui().press('r')
      await ui().settled()
      expect(await cpuOfRows()).toEqual(sorted(await cpuOfRows()))
      const asAsked = await order()
      for (let second = 0; second < 5; second += 1) await sample()
      await ui().settled()
      expect(await order()).toEqual(asAsked)
      // the pointer still is over the head
      await ui().address().focus()
      await ui().settled()
      expect(await order()).toEqual(asAsked)
      await ui().button('Sort again').click()
      await ui().settled()
      expect(await cpuOfRows()).toEqual(sorted(await cpuOfRows()))
      const asPressed = await order()
      for (let second = 0; second < 5; second += 1) await sample()
      await ui().settled()
      expect(await order()).toEqual(asPressed)
      await ui().address().hover()
      await ui().settled()
      expect(await cpuOfRows()).toEqual(sorted(await cpuOfRows()))
    })

    test('rows that nobody looks at are sorted with every third sample, and not with each', async () => {
      await ui().openProcesses()
      await flat()
      await page().evaluate(() => window.fixture.call('unwatchProcesses', {}))
      await ui().button('CPU %').click()
      await ui().address().hover()
      await ui().address().focus()
      await ui().settled()
      const orders = [await order()]
      for (let second = 0; second < 9; second += 1) {
        await sample()
        await ui().settled()
        orders.push(await order())
      }
      const changedAt = orders.flatMap((one, index) =>
        index > 0 && one.join() !== orders[index - 1]?.join() ? [index] : [],
      )
      expect(changedAt.length).toBeGreaterThan(1)
      const [first = 0] = changedAt
      expect(changedAt.filter(index => (index - first) % 3 !== 0)).toEqual([])
      // what a filter gives back stands where it belongs, whenever that is
      const filter = page().getByRole('textbox', { name: 'Filter by name, state or pid' })
      for (let count = 0; count < 3; count += 1) {
        await filter.fill('log')
        await filter.fill('')
        await ui().settled()
        const loads = await cpuOfRows()
        expect(loads).toEqual(loads.toSorted((one, other) => other - one))
      }
    })

    test('columns are chosen from a menu and remembered', async () => {
      await ui().openProcesses()
      expect(await page().getByRole('columnheader', { name: 'Uptime' }).count()).toBe(1)
      await ui().button('Columns').click()
      await page().getByRole('menuitemcheckbox', { name: 'Uptime' }).click()
      await ui().press('Escape')
      expect(await ui().calls('saveSettings')).toEqual([{ hiddenProcessColumns: ['uptime'] }])
      await page().getByRole('columnheader', { name: 'Uptime' }).waitFor({ state: 'detached' })
    })

    test('the menu of a row offers what can be done with it now, and does it', async () => {
      await ui().openProcesses()
      await row('ai').focus()
      await ui().press('Shift+F10')
      const menu = page().getByRole('menu', { name: 'Reader' })
      expect(
        await menu.getByRole('menuitem').evaluateAll(items => items.map(item => item.textContent)),
      ).toEqual([
        'Copy rowCtrl+C',
        'SuspendSpace',
        'Restart',
        'Raise priority',
        'End processDelete',
        'Force endShift+Delete',
      ])
      await menu.getByRole('menuitem', { name: 'Suspend' }).click()
      await sample()
      await expect.poll(() => row('ai').getAttribute('data-state')).toBe('suspended')
      await row('ai').focus()
      await ui().press('Space')
      await expect
        .poll(() => asked('act'))
        .toEqual([
          { processId: 'ai', action: 'suspend' },
          { processId: 'ai', action: 'resume' },
        ])
    })

    test('what could not be done is said, and why', async () => {
      await ui().openProcesses()
      await row('storage').click({ button: 'right' })
      await page().getByRole('menuitem', { name: 'Restart' }).click()
      await page()
        .getByText(
          'Nexus could not restart Storage. Storage writes something that must not be lost. (ACTION_NOT_POSSIBLE)',
        )
        .waitFor()
    })

    test('a row and the whole table are copied, and the table is saved', async () => {
      await ui().openProcesses()
      await row('storage').focus()
      await ui().press('Control+c')
      await expect
        .poll(async () => JSON.stringify(await asked('copy')))
        .toContain('Storage: history, settings, session\\nKIND storage\\nSTATE idle\\nPID 4106')
      const all = async (item: string) => {
        await ui().button('Copy or save all').click()
        await page().getByRole('menuitem', { name: item }).click()
      }
      await all('Copy all as text')
      await all('Save all as JSON…')
      await expect.poll(async () => JSON.stringify((await asked('copy'))[1])).toContain('PROCESS')
      await expect.poll(async () => JSON.stringify(await asked('save'))).toContain('harbourlog.example')
    })

    test('the edge moves by arrows', async () => {
      await ui().openProcesses()
      const edge = page().getByRole('separator', { name: 'Height of the process panel' })
      await edge.focus()
      await ui().press('ArrowUp')
      expect(await edge.getAttribute('aria-valuenow')).toBe('320')
      expect((await page().getByRole('region', { name: 'Processes' }).boundingBox())?.height).toBe(320)
    })

    test('with many rows those out of view rest, and say what is so now as soon as they come into view', async () => {
      await ui().open('page', { crowd: 'sixty' })
      await ui().press('Shift+Escape')
      const last = row('network')
      await last.waitFor()
      const before = await last.innerText()
      for (let second = 0; second < 3; second += 1) await sample()
      await ui().settled()
      expect(await last.innerText()).toBe(before)
      await last.scrollIntoViewIfNeeded()
      await expect.poll(() => last.innerText()).not.toBe(before)
    })

    test('in a narrow window name, state, CPU and memory stay', async () => {
      await ui().open('page', { width: 640 })
      await ui().press('Shift+Escape')
      await row('ai').waitFor()
      expect(
        await page()
          .getByRole('columnheader')
          .evaluateAll(heads => heads.map(head => head.textContent)),
      ).toEqual(['Process', 'State', 'CPU %', 'Memory of limit', 'End'])
      expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBe(640)
    })
  })

  describe('the page of the processes', () => {
    const strip = () => page().getByRole('listbox', { name: 'Lifecycle events' })
    const current = async () => {
      const id = await strip().getAttribute('aria-activedescendant')
      return page().locator(`[id="${id}"]`).getAttribute('aria-label')
    }

    test('opens from the dock, which it takes the place of, and closes with Esc', async () => {
      await ui().openProcesses()
      await ui().button('Open processes as a page').click()
      await page().getByRole('heading', { name: 'Processes', level: 1 }).waitFor()
      expect(await page().getByRole('treegrid').count()).toBe(1)
      expect(await page().getByRole('separator').count()).toBe(0)
      await ui().press('Escape')
      await page().getByRole('treegrid').waitFor({ state: 'detached' })
      expect(await ui().calls('unwatchProcesses')).not.toHaveLength(0)
    })

    test('arrows go from event to event; with Shift they span, and the table keeps what happened in it', async () => {
      await openPage()
      await strip().focus()
      await ui().press('End')
      expect(await current()).toMatch(/^Reader active, /)
      await ui().press('ArrowLeft')
      await ui().press('ArrowLeft')
      await ui().press('ArrowLeft')
      await ui().press('Shift+ArrowLeft')
      expect(await current()).toMatch(/^Reader crashed: memory limit, /)
      await expect.poll(order).toEqual(['controller', 'ai'])
      expect(await strip().getByRole('option', { selected: true }).count()).toBe(2)
      await ui().press('Escape')
      await expect.poll(() => order().then(ids => ids.length)).toBeGreaterThan(9)
    })

    test('a drag spans too, and Enter leads to the process of an event', async () => {
      await openPage()
      const box = await strip().boundingBox()
      if (box === null) throw new Error('The strip is not drawn')
      const at = (minutesAgo: number) => box.x + box.width * (1 - minutesAgo / 10)
      await page().mouse.move(at(7.5), box.y + 20)
      await page().mouse.down()
      await page().mouse.move(at(6.1), box.y + 20, { steps: 4 })
      await page().mouse.up()
      await expect.poll(order).toEqual(['group:sites', 'tab:1', 'tab:2'])
      await ui().button('2 processes in this time').click()
      await strip().focus()
      await ui().press('End')
      await ui().press('Enter')
      await expect.poll(focused).toBe('ai')
    })

    test('what happens now is in the strip and in the life of the process at once', async () => {
      await openPage()
      await row('storage').click()
      await page().evaluate(() => {
        const at = Date.UTC(2026, 3, 14, 14, 9, 0)
        const of = { processId: 'storage', kind: 'storage', name: 'Storage', pid: 4106 } as const
        window.fixture.areas.processes.announce({ ...of, at, state: 'crashed', cause: 'killed' })
      })
      await strip()
        .getByRole('option', { name: /^Storage crashed: killed/ })
        .waitFor()
      await page().getByRole('region', { name: 'About Storage' }).getByText('crashed killed').waitFor()
    })

    test('beside the table stands all about the chosen process, with what can be done', async () => {
      await openPage()
      await row('ai').click()
      const about = page().getByRole('region', { name: 'About Reader' })
      await about.getByText('channels opened').waitFor()
      const text = await about.innerText()
      expect(text).toContain('172 MB of 200 MB')
      expect(text).toMatch(/kartverk\.example\s+\d+\/s\s+\d+ ms/)
      expect(text).toContain('no files, no network of its own')
      await row('ai').focus()
      await ui().press('Enter')
      await expect.poll(() => ui().focusedName()).toBe('Reader')
      await ui().press('Escape')
      await expect.poll(focused).toBe('ai')
      await about.getByRole('button', { name: 'Force end' }).click()
      await expect.poll(() => asked('act')).toEqual([{ processId: 'ai', action: 'forceEnd' }])
    })

    test('held, nothing changes on it while measuring goes on', async () => {
      await openPage()
      await ui().button('Hold').click()
      const text = await page().locator('#cover-page').innerText()
      await sample()
      await ui().settled()
      expect(await page().locator('#cover-page').innerText()).toBe(text)
      await ui()
        .button(/^Held at/)
        .click()
      await sample()
      await ui().settled()
      expect(await page().locator('#cover-page').innerText()).not.toBe(text)
    })

    test('where there is no room beside the table, what is said of a process lies over it, when asked for', async () => {
      await openPage({ width: 760 })
      const about = page().getByRole('region', { name: 'About harbourlog.example' })
      expect(await about.count()).toBe(0)
      await row('tab:1').focus()
      await ui().press('Enter')
      await about.waitFor()
      await about.getByRole('button', { name: 'Close details' }).click()
      await about.waitFor({ state: 'hidden' })
      expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBe(760)
    })
  })

  describe('accessibility of the processes', () => {
    const screens: readonly (readonly [name: string, show: (theme: string) => Promise<void>])[] = [
      [
        'flat',
        theme =>
          ui()
            .open('page', { theme })
            .then(() => ui().press('Shift+Escape'))
            .then(flat),
      ],
      [
        'menu',
        async theme => {
          await ui().open('page', { theme })
          await ui().press('Shift+Escape')
          await row('ai').focus()
          await ui().press('Shift+F10')
          await page().getByRole('menu').waitFor()
        },
      ],
      [
        'columns',
        async theme => {
          await ui().open('page', { theme })
          await ui().press('Shift+Escape')
          await ui().button('Columns').click()
          await page().getByRole('menu').waitFor()
        },
      ],
      [
        'page',
        async theme => {
          await openPage({ theme })
          await page().getByRole('listbox').focus()
          await ui().press('End')
        },
      ],
      ['page of 1000', theme => openPage({ theme, width: 1000 })],
      [
        'page of 640 with details',
        async theme => {
          await openPage({ theme, width: 640 })
          await row('ai').focus()
          await ui().press('Enter')
        },
      ],
    ]
    test.each(['light', 'dark'])(
      'no serious violation, %s',
      async theme => {
        const found: string[] = []
        for (const [name, show] of screens) {
          await show(theme)
          const axe = new AxeBuilder({ page: page() })
          // the dark screens differ in their colours alone
          if (theme === 'dark') axe.withRules(['color-contrast'])
          const { violations } = await axe.analyze()
          for (const { impact, id, nodes } of violations) {
            if (impact === 'serious' || impact === 'critical') found.push(`${name}: ${id}: ${nodes[0]?.html}`)
          }
        }
        expect(found).toEqual([])
      },
      120_000,
    )
  })
}
