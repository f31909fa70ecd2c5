import { expect, it } from 'vitest'
import { mayRemember, type TabToRemember } from './may-remember.ts'

const page: TabToRemember = {
  isPrivate: false,
  isEphemeral: false,
  url: 'https://a.example/',
  showsPage: true,
}

it('remembers pages of the web that a person opened', () => {
  expect(mayRemember(page, { remembersPages: true })).toBe(true)
  expect(mayRemember({ ...page, url: 'http://localhost:8080/' }, { remembersPages: true })).toBe(true)
})

it.each<[string, Partial<TabToRemember>]>([
  ['a private tab', { isPrivate: true }],
  ['a tab of the command line', { isEphemeral: true }],
  ['an error page', { showsPage: false }],
  ['the new-tab page', { url: '' }],
  ['an internal page', { url: 'nexus://chrome/index.html' }],
  ['a file', { url: 'file:///home/person/diary.html' }],
  ['a page inside an address', { url: 'data:text/html,secret' }],
])('remembers nothing of %s', (_name, change) => {
  expect(mayRemember({ ...page, ...change }, { remembersPages: true })).toBe(false)
})

it('remembers nothing once the person has switched it off', () => {
  expect(mayRemember(page, { remembersPages: false })).toBe(false)
})
