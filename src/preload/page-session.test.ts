import { expect, it } from 'vitest'
import { mostStoredCharacters, mostStoredItems } from '../../contracts/page-state.ts'
import { storedOf } from './page-session.ts'

function storage(items: readonly (readonly [string, string])[]): Storage {
  const held = new Map(items)
  return {
    length: held.size,
    key: index => [...held.keys()][index] ?? null,
    getItem: key => held.get(key) ?? null,
    setItem: (key, value) => held.set(key, value),
    removeItem: key => held.delete(key),
    clear: () => held.clear(),
  }
}

it('tells what a page stored for its tab', () => {
  const sessionStorage = storage([
    ['cart', '3'],
    ['empty', ''],
  ])
  expect(storedOf({ sessionStorage })).toEqual([
    { key: 'cart', value: '3' },
    { key: 'empty', value: '' },
  ])
})

it.each<[string, readonly (readonly [string, string])[], boolean]>([
  ['as many characters as are kept', [['k', 'x'.repeat(mostStoredCharacters - 1)]], true],
  ['one more', [['ke', 'x'.repeat(mostStoredCharacters - 1)]], false],
  ['as many items as are kept', Array.from({ length: mostStoredItems }, (_, at) => [`${at}`, '']), true],
  ['one more item', Array.from({ length: mostStoredItems + 1 }, (_, at) => [`${at}`, '']), false],
])('keeps all or nothing: %s', (_what, items, isKept) => {
  expect(storedOf({ sessionStorage: storage(items) }) !== null).toBe(isKept)
})

it('a page without an origin of its own has stored nothing', () => {
  const page = {
    get sessionStorage(): Storage {
      throw new DOMException('Forbidden in a sandboxed document', 'SecurityError')
    },
  }
  expect(storedOf(page)).toEqual([])
})
