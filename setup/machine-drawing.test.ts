import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import { withMachines } from './drawn-machines.ts'
import { drawMachine } from './machine-drawing.ts'
import { inProject } from './project.ts'

describe('the drawing of a machine', () => {
  it('shows states within states, what leads where and when, and what holds everywhere', () => {
    const machine = createMachine({
      id: 'lamp',
      initial: 'off',
      on: { break: '.broken', repaint: {} },
      states: {
        off: { on: { press: { target: 'on', guard: 'hasPower' }, push: 'on' } },
        on: {
          initial: 'dim',
          on: { press: 'off' },
          states: { dim: { after: { warmUp: 'bright' } }, bright: {} },
        },
        broken: { type: 'final' },
      },
    })
    expect(drawMachine('A lamp', machine)).toEqual([
      {
        title: 'A lamp',
        diagram: [
          'stateDiagram-v2',
          '  [*] --> off',
          '  state "any state" as any',
          '  state "off" as off',
          '  state "on" as on {',
          '    [*] --> on_dim',
          '    state "any state" as on_any',
          '    state "dim" as on_dim',
          '    state "bright" as on_bright',
          '  }',
          '  state "broken" as broken',
          '  any --> broken : break',
          '  off --> on : press [hasPower], push',
          '  on_any --> off : press',
          '  on_dim --> on_bright : after warmUp',
          '  broken --> [*]',
        ].join('\n'),
      },
    ])
  })

  it('has one diagram for each region', () => {
    const machine = createMachine({
      id: 'car',
      type: 'parallel',
      states: {
        door: { initial: 'shut', states: { shut: { on: { open: 'ajar' } }, ajar: {} } },
        engine: { initial: 'off', states: { off: {} } },
      },
    })
    expect(
      drawMachine('A car', machine).map(({ title, diagram }) => [title, diagram.split('\n').length]),
    ).toEqual([
      ['A car: door', 5],
      ['A car: engine', 3],
    ])
  })
})

it('the machines in ARCHITECTURE.md are those of the code ("npm run draw" draws them anew)', () => {
  const text = readFileSync(inProject('ARCHITECTURE.md'), 'utf8')
  expect(text).toBe(withMachines(text))
})
