import { expect, test } from 'vitest'
import { addressParts, shortHost } from './address.ts'

test.each([
  [
    'https://harbourlog.example/essays/tide',
    { before: '', host: 'harbourlog.example', after: '/essays/tide' },
  ],
  ['https://harbourlog.example/', { before: '', host: 'harbourlog.example', after: '' }],
  ['http://localhost:8080/a?b=c#d', { before: 'http://', host: 'localhost:8080', after: '/a?b=c#d' }],
  ['https://user:secret@bank.example/', { before: '', host: 'bank.example', after: '' }],
  ['https://de.example/stra%C3%9Fe', { before: '', host: 'de.example', after: '/straße' }],
  ['about:blank', { before: '', host: '', after: 'about:blank' }],
  ['not an address', { before: '', host: '', after: 'not an address' }],
  ['', { before: '', host: '', after: '' }],
])('draws %s in parts', (address, parts) => {
  expect(addressParts(address)).toEqual(parts)
})

test('shows a name in another script as it goes to the network, so that look-alikes differ', () => {
  expect(addressParts('https://аpple.example/').host).toBe('xn--pple-43d.example')
})

test('keeps characters escaped that would turn the address around or hide in it', () => {
  expect(addressParts('https://a.example/%E2%80%AEgpj.exe%20x%E2%80%8B').after).toBe(
    '/%E2%80%AEgpj.exe%20x%E2%80%8B',
  )
})

test('shows a broken escape as it is', () => {
  expect(addressParts('https://a.example/%E0%A4%A').after).toBe('/%E0%A4%A')
})

test('names a site without www', () => {
  expect([shortHost('https://www.sea.example/x'), shortHost('data:text/html,x'), shortHost('?')]).toEqual([
    'sea.example',
    'data:text/html,x',
    '?',
  ])
})
