import { expect, test } from 'vitest'
import { treeAt } from '../dev/fixtures/processes.ts'
import { rowText, treeJson, treeText } from './dump.ts'
import { processTree } from './process-tree.ts'

const tree = treeAt(0)

test('all processes are lines of one width, children set in below their parents, with sums at the end', () => {
  const lines = treeText(tree).split('\n')
  expect(lines[0]).toMatch(/^PROCESS +KIND +STATE +PID +CPU % +MEMORY +LIMIT/)
  expect(lines[1]).toMatch(/^Nexus core: windows, policy, introductions +core +active +4101 +/)
  expect(lines[4]).toMatch(
    /^ {2}Storage: history, settings, session +storage +idle +4106 +0 +58 MB +256 MB +- /,
  )
  const kindAt = lines[0]?.indexOf('KIND') ?? -1
  expect(lines.slice(1, 5).map(line => line.slice(kindAt - 2, kindAt))).toEqual(['  ', '  ', '  ', '  '])
  expect(lines.at(-2)).toMatch(/^9 processes, .* % of one core, 1\.56 GB; Linux, 8 cores, 8 GB; /)
})

test('a title cannot break the table, nor is it told whole', () => {
  const [first, ...rest] = tree.rows
  if (first === undefined) throw new Error('The fixture has rows')
  const rows = [{ ...first, detail: `a\nb\u2028c\u0007${'x'.repeat(500)}` }, ...rest]
  const [, line = ''] = treeText({ ...tree, rows }).split('\n')
  expect(line).toContain('Nexus core: a b c xxx')
  expect(line.length).toBeLessThan(260)
})

test('as JSON it is the sample that is shown', () => {
  expect(JSON.parse(treeJson(tree))).toEqual(tree)
})

test('one row is a reading a line; a heading has the sums', () => {
  const [core, sites] = processTree(tree.rows)
  expect(core && rowText(core)).toContain(
    'Nexus core: windows, policy, introductions\nKIND core\nSTATE active\n',
  )
  expect(sites && rowText(sites)).toMatch(/^Sites: 4 sites\nCPU % [\d.]+\nMEMORY 674 MB\n$/)
})
