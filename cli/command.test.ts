import { expect, it } from 'vitest'
import { parseCommand } from './command.ts'

it.each([
  [['open', 'example.com'], { kind: 'open', url: 'example.com' }],
  [['open', '  https://example.com/a b  '], { kind: 'open', url: 'https://example.com/a b' }],
  [['analyze', 'http://a/', '--json'], { kind: 'analyze', url: 'http://a/', isJson: true }],
  [['--json', 'analyze', 'http://a/'], { kind: 'analyze', url: 'http://a/', isJson: true }],
  [['analyze', '--', '--json'], { kind: 'analyze', url: '--json', isJson: false }],
  [['ps'], { kind: 'ps', isJson: false, isWatching: false }],
  [['ps', '--watch', '--json'], { kind: 'ps', isJson: true, isWatching: true }],
  [['ps', '--ipc'], { kind: 'messages', isJson: false, isWatching: false }],
  [['ps', '--json', '--ipc', '--watch'], { kind: 'messages', isJson: true, isWatching: true }],
  [['quit'], { kind: 'quit' }],
  [['help'], { kind: 'help' }],
  [['--help'], { kind: 'help' }],
  [['open', '-h'], { kind: 'help' }],
])('understands %j', (words, command) => {
  expect(parseCommand(words)).toEqual(command)
})

it.each([
  [[], 'What shall Nexus do?'],
  [['fly'], 'There is no command "fly".'],
  [['constructor'], 'There is no command "constructor".'],
  [['__proto__'], 'There is no command "__proto__".'],
  [['open'], '"nexus open" needs the address of a page.'],
  [['open', ' '], '"nexus open" needs the address of a page.'],
  [
    ['analyze', 'http://a/', 'http://b/'],
    '"nexus analyze" takes one address; put it in quotes if it has spaces.',
  ],
  [['analyze', `http://a/${'x'.repeat(70_000)}`], 'The address is too long.'],
  [['open', 'http://a/', '--json'], '"nexus open" does not take --json.'],
  [['quit', '--ipc'], '"nexus quit" does not take --ipc.'],
  [['quit', 'now'], '"nexus quit" does not take "now".'],
  [['ps', '--wach'], "Unknown option '--wach'."],
  [['ps', '--json=yes'], "Option '--json' does not take an argument."],
])('says what is wrong with %j', (words, message) => {
  expect(parseCommand(words)).toEqual({ kind: 'misunderstood', message, isJson: words.includes('--json') })
})
