import { expect, it } from 'vitest'
import { EngineProcesses } from './engine-processes.ts'
import { PageProcesses } from './page-processes.ts'
import { ProcessRegister } from './process-register.ts'

const helper = (pid: number, type: string, name = '') => ({ pid, type, name, startedAt: 1 })
const start = () => {
  const register = new ProcessRegister({ now: () => 5, priorityOf: () => null })
  const engine = new EngineProcesses(register)
  const states = () => register.all().map(({ id, kind, name, state }) => [id, kind, name, state].join(' '))
  return { register, engine, states }
}

it('enters what the engine runs for itself when somebody samples, and forgets what is gone', () => {
  const { engine, states } = start()
  engine.follow([helper(20, 'GPU'), helper(21, 'Utility', 'Network Service'), helper(22, 'Tab')])
  expect(states()).toEqual([
    'engine:20 gpu Graphics active',
    'engine:21 engine Network Service active',
    'engine:22 engine Spare page ready',
  ])
  engine.follow([helper(20, 'GPU')])
  expect(states()).toEqual(['engine:20 gpu Graphics active'])
})

it('leaves to others what the book knows otherwise, also when it was entered here first', () => {
  const { register, engine, states } = start()
  engine.follow([helper(22, 'Tab')])
  const page = { tabId: 'a', pid: 22, site: 'a.test', isPrivate: false, isInView: true, isLoading: false }
  new PageProcesses(register, () => 5).follow([
    { ...page, isFrozen: false, hasDocument: true, loss: null, frames: [] },
  ])
  engine.follow([helper(22, 'Tab')])
  expect(states()).toEqual(['renderer:22 tab a.test active'])
  expect(register.byPid(22)?.id).toBe('renderer:22')
})

it('notes each loss of the graphics process, known or not, and counts them for the next', () => {
  const { register, engine } = start()
  const crash = { reason: 'crashed', exitCode: 5 } as const
  engine.graphicsGone(crash)
  engine.follow([helper(20, 'GPU')])
  engine.graphicsGone(crash)
  engine.follow([helper(30, 'GPU')])
  expect(register.find('engine:30')?.restarts).toBe(2)
  const crashes = register.entries.filter(({ state }) => state === 'crashed')
  expect(crashes.map(({ processId, pid }) => [processId, pid])).toEqual([
    ['engine:graphics', null],
    ['engine:20', 20],
  ])
})
