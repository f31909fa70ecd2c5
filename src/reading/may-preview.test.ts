import { expect, it } from 'vitest'
import { mayPreview } from './may-preview.ts'

const page = 'https://news.example.org/today?page=1'

it.each([
  'https://news.example.org/tides',
  'https://www.example.org/tides?section=sea',
  'https://news.example.org/today?page=2',
  'https://news.example.org/orders-of-magnitude',
])('%s may be looked at from its own site', url => {
  expect(mayPreview(url, page)).toBe(true)
})

it.each([
  ['of another site', 'https://other.example/tides'],
  ['of the page itself', `${page}#comments`],
  ['without encryption', 'http://news.example.org/tides'],
  ['of another server', 'https://news.example.org:8443/tides'],
  ['that ends a session', 'https://news.example.org/logout'],
  ['that deletes', 'https://news.example.org/items?id=3&action=delete'],
  ['that buys', 'https://news.example.org/cart/add/3'],
  ['that confirms', 'https://news.example.org/u?token=abc'],
  ['with a password', 'https://ada:secret@news.example.org/tides'],
  ['that is none', 'javascript:void 0'],
  ['that is empty', ''],
])('a link %s is left alone', (_what, url) => {
  expect(mayPreview(url, page)).toBe(false)
})
