import { expect, it } from 'vitest'
import { groupHue } from '../../contracts/group-hue.ts'
import { tabOf } from '../dev/fixtures/tabs.ts'
import { tabRuns } from './tab-runs.ts'

it('cuts the strip where the group changes', () => {
  const tabs = [null, 'Sea', 'Sea', null, null, 'Bread'].map((group, index) =>
    tabOf({ id: `tab:${index}`, group }),
  )
  expect(tabRuns(tabs).map(run => `${run.group} ${run.tabs.length}`)).toEqual([
    'null 1',
    'Sea 2',
    'null 2',
    'Bread 1',
  ])
  expect(tabRuns([])).toEqual([])
})

it('gives a name one colour', () => {
  expect(groupHue('Sea')).toBe(groupHue('Sea'))
  expect(
    new Set(['Sea', 'Bread', 'Trains', 'Mars', 'Music', 'Law', 'Maps'].map(groupHue)).size,
  ).toBeGreaterThan(2)
})
