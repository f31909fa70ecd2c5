import { expect, test } from 'vitest'
import { TextureBudget } from './texture-budget.ts'

function start(): TextureBudget {
  const budget = new TextureBudget(1_000)
  budget.create('tabs', 300)
  return budget
}

test('what was not used longest makes room', () => {
  const budget = start()
  for (const id of ['a', 'b', 'c']) expect(budget.put('tabs', id, 100)).toEqual([])
  budget.touch('tabs', 'a')
  expect(budget.put('tabs', 'd', 150)).toEqual(['b', 'c'])
  expect(budget.texturesOf('tabs')).toEqual(['a', 'd'])
  expect(budget.facts()).toEqual([{ id: 'tabs', textures: 2, bytes: 250, budgetBytes: 300, evictions: 2 }])
})

test('a texture takes the place of its earlier one', () => {
  const budget = start()
  budget.put('tabs', 'a', 200)
  expect(budget.put('tabs', 'a', 250)).toEqual([])
  expect(budget.bytes).toBe(250)
})

test('a texture larger than the budget is not kept, and nothing else goes for it', () => {
  const budget = start()
  budget.put('tabs', 'a', 100)
  expect(budget.put('tabs', 'b', 301)).toEqual(['b'])
  expect(budget.texturesOf('tabs')).toEqual(['a'])
})

test('contexts do not take from one another, and cannot have more than there is', () => {
  const budget = start()
  budget.create('video', 700)
  budget.put('tabs', 'a', 300)
  expect(budget.put('video', 'a', 700)).toEqual([])
  expect(() => budget.create('more', 1)).toThrow(expect.objectContaining({ code: 'NO_MEMORY_LEFT' }))
  expect(() => budget.create('tabs', 1)).toThrow(expect.objectContaining({ code: 'CONTEXT_EXISTS' }))
  budget.destroy('video')
  expect(budget.bytes).toBe(300)
  budget.create('more', 700)
})

test('an unknown context is said to be one', () => {
  const budget = start()
  for (const act of [() => budget.put('x', 'a', 1), () => budget.destroy('x'), () => budget.texturesOf('x')])
    expect(act).toThrow(expect.objectContaining({ code: 'UNKNOWN_CONTEXT' }))
})

test('a lost graphics context takes all textures and leaves the budgets', () => {
  const budget = start()
  budget.put('tabs', 'a', 300)
  budget.clear()
  expect(budget.facts()).toEqual([{ id: 'tabs', textures: 0, bytes: 0, budgetBytes: 300, evictions: 0 }])
})
