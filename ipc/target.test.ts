import { describe, expect, it } from 'vitest'
import { identity } from './identity.ts'
import {
  checkedTarget,
  externalTarget,
  parseVisibleTarget,
  rendererTarget,
  type Target,
  utilityTarget,
  visibleTarget,
} from './target.ts'

const tab = identity('tab:7', 'tab')
const ai = identity('ai', 'ai')

describe('a target', () => {
  it('holds what belongs to its kind, and nothing else', () => {
    const facts = { url: 'https://a.test/secret?q=1', site: 'a.test', pid: 12 }
    expect(rendererTarget(tab, 3, facts)).toEqual({
      ...tab,
      processType: 'renderer',
      webContentsId: 3,
      ...facts,
    })
    expect(utilityTarget(ai, { pid: 5 })).toEqual({ ...ai, processType: 'utility', pid: 5 })
    expect(externalTarget(identity('cli:1', 'cli'))).toEqual({
      id: 'cli:1',
      role: 'cli',
      processType: 'external',
    })
    const withMore = { ...utilityTarget(ai), secret: 1 }
    expect(checkedTarget(withMore)).toEqual({ ...ai, processType: 'utility' })
  })

  it.each<[string, object]>([
    ['a renderer without contents', { ...tab, processType: 'renderer' }],
    ['a renderer whose contents are no number', { ...tab, processType: 'renderer', webContentsId: 'x' }],
    ['a service with contents', { ...ai, processType: 'utility', webContentsId: 3 }],
    ['a service with an address', { ...ai, processType: 'utility', url: 'https://a.test/' }],
    ['the command line with a site', { ...ai, processType: 'external', site: 'a.test' }],
    [
      'an address passed off as a site',
      { ...tab, processType: 'renderer', webContentsId: 1, site: 'https://a.test/x' },
    ],
    ['an address that is no text', { ...tab, processType: 'renderer', webContentsId: 1, url: 7 }],
    ['a pid that is no whole number', { ...ai, processType: 'utility', pid: 1.5 }],
    ['a kind nobody knows', { ...ai, processType: 'worker' }],
    ['no kind at all', { ...ai }],
    ['a name that is not well formed', { id: '../etc', role: 'ai', processType: 'utility' }],
    ['a role that is not well formed', { id: 'ai', role: 'A I', processType: 'utility' }],
  ])('refuses %s', (_what, candidate) => {
    expect(() => checkedTarget(candidate as Target)).toThrow(
      expect.objectContaining({ code: 'VALIDATION_ERROR' }),
    )
  })

  it('shows others neither address nor contents nor pid, and its site only where that may be known', () => {
    const target = rendererTarget(tab, 3, { url: 'https://a.test/secret', site: 'a.test', pid: 12 })
    expect(visibleTarget(target, false)).toEqual({ ...tab, processType: 'renderer' })
    expect(visibleTarget(target, true)).toEqual({ ...tab, processType: 'renderer', site: 'a.test' })
    expect(visibleTarget(utilityTarget(ai), true)).toEqual({ ...ai, processType: 'utility' })
  })

  it('is read from a message only with a well-formed name', () => {
    expect(parseVisibleTarget({ id: 'ai', role: 'ai', processType: 'utility' })).toEqual({
      ...ai,
      processType: 'utility',
    })
    expect(parseVisibleTarget({ id: 'a b', role: 'ai', processType: 'utility' })).toBeNull()
  })

  it('breaks the rules of its kind in no program that compiles', () => {
    const targets: readonly Target[] = [
      { ...tab, processType: 'renderer', webContentsId: 1 },
      // @ts-expect-error A renderer has contents.
      { ...tab, processType: 'renderer' },
      // @ts-expect-error Nobody else has.
      { ...ai, processType: 'utility', webContentsId: 1 },
      // @ts-expect-error Nor an address.
      { ...ai, processType: 'external', url: 'https://a.test/' },
      // @ts-expect-error Everybody is of some kind.
      { ...ai },
    ]
    expect(targets).toHaveLength(5)
  })
})
