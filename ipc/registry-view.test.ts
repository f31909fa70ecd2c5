import { describe, expect, it } from 'vitest'
import { endpointId, identity } from './identity.ts'
import { AmbiguousTargetError, selectOne } from './registry-selector.ts'
import { Registry, type RegistryChange } from './registry-view.ts'
import type { VisibleTarget } from './target.ts'

const ai: VisibleTarget = { ...identity('ai', 'ai'), processType: 'utility' }
const first: VisibleTarget = { ...identity('tab:1', 'tab'), processType: 'renderer', site: 'a.test' }
const second: VisibleTarget = { ...identity('tab:2', 'tab'), processType: 'renderer', site: 'b.test' }
const hidden: VisibleTarget = { ...identity('tab:3', 'tab'), processType: 'renderer' }

function registryOf(...targets: readonly VisibleTarget[]): Registry {
  const registry = new Registry()
  registry.reset(targets)
  return registry
}

describe('selectors', () => {
  const registry = registryOf(ai, first, second, hidden)

  it.each([
    ['a name', { identifier: 'ai' }, [ai]],
    ['a name that nobody has', { identifier: 'storage' }, []],
    ['a name that is none', { identifier: '../etc' }, []],
    ['a pattern', { identifier: /^tab:[12]$/ }, [first, second]],
    ['a pattern that remembers where it stopped', { identifier: /tab/gy }, [first, second, hidden]],
    ['a role', { role: 'tab' }, [first, second, hidden]],
    ['a kind of process', { processType: 'utility' }, [ai]],
    ['a site', { site: 'b.test' }, [second]],
    ['everybody', 'all', [ai, first, second, hidden]],
  ] as const)('find by %s', (_what, selector, expected) => {
    expect(registry.find(selector)).toEqual(expected)
  })

  it('find one where one is meant, and say clearly when it is none or more', () => {
    expect(selectOne(registry, { role: 'ai' })).toEqual(ai)
    expect(() => selectOne(registry, { role: 'gpu' })).toThrow(
      expect.objectContaining({ code: 'TARGET_UNAVAILABLE', message: 'No target matches role gpu' }),
    )
    expect(() => selectOne(registry, { identifier: /^tab/ })).toThrow(AmbiguousTargetError)
    expect(() => selectOne(registry, { identifier: /^tab/ })).toThrow(
      '3 targets match identifier /^tab/: tab:1, tab:2, tab:3. Name one, or say { every: … } to mean them all',
    )
  })

  it('list a few names of many', () => {
    const many = registryOf(
      ...Array.from({ length: 9 }, (_, index) => ({ ...hidden, id: endpointId(`tab:${index}`) })),
    )
    expect(() => selectOne(many, 'all')).toThrow(
      '9 targets match everybody: tab:0, tab:1, tab:2, tab:3, tab:4 and 4 more',
    )
  })
})

describe('a registry', () => {
  it('tells what changed, and nothing when nothing did', () => {
    const registry = registryOf(ai, first)
    const changes: RegistryChange[] = []
    registry.onDidChange(change => changes.push(change))
    const moved = { ...first, site: 'c.test' }
    registry.apply({ removed: [ai.id], present: [moved, second] })
    registry.apply({ removed: [ai.id], present: [moved] })
    expect(changes).toEqual([{ removed: ['ai'], added: [second], changed: [moved] }])
    expect(registry.targets).toEqual([moved, second])
    expect(registry.get(ai.id)).toBeUndefined()
  })

  it('tells of another process of the same name as of one that left and one that came', () => {
    const registry = registryOf(ai)
    const changes: RegistryChange[] = []
    registry.onDidChange(change => changes.push(change))
    registry.apply({ removed: [ai.id], present: [ai] })
    expect(changes).toEqual([{ removed: ['ai'], added: [ai], changed: [] }])
  })

  it('tells the difference when it begins anew', () => {
    const registry = registryOf(ai, first)
    const changes: RegistryChange[] = []
    registry.onDidChange(change => changes.push(change))
    registry.reset([first, second])
    expect(changes).toEqual([{ removed: ['ai'], added: [second], changed: [] }])
    expect(registry.size).toBe(2)
  })
})
