import { expect, it } from 'vitest'
import { parseCommand } from './command.ts'

it.each([
  [['open', 'example.com'], { kind: 'open', url: 'example.com' }],
  [['open', '  https://example.com/a b  '], { kind: 'open', url: 'https://example.com/a b' }],
  [['analyze', 'http://a/', '--json'], { kind: 'analyze', url: 'http://a/', isJson: true }],
  [['--json', 'analyze', 'http://a/'], { kind: 'analyze', url: 'http://a/', isJson: true }],
  [['analyze', '--', '--json'], { kind: 'analyze', url: '--json', isJson: false }],
  [['search', 'old', 'clocks'], { kind: 'search', query: 'old clocks', limit: 10, isJson: false }],
  [['search', ' a ', '--limit', '3', '--json'], { kind: 'search', query: 'a', limit: 3, isJson: true }],
  [
    ['ask', 'http://a/', 'how high', 'was it?'],
    { kind: 'ask', url: 'http://a/', question: 'how high was it?', isJson: false },
  ],
  [['ps'], { kind: 'ps', isJson: false, isWatching: false, isFlat: false, sort: null }],
  [
    ['ps', '--watch', '--json', '--flat', '--sort', 'memory'],
    { kind: 'ps', isJson: true, isWatching: true, isFlat: true, sort: 'memory' },
  ],
  [['kill', 'Storage'], { kind: 'kill', task: 'Storage', isForced: false, isJson: false }],
  [['kill', '4711', '--force', '--json'], { kind: 'kill', task: '4711', isForced: true, isJson: true }],
  [['crashes'], { kind: 'crashes', isJson: false, isClearing: false }],
  [['crashes', '--clear', '--json'], { kind: 'crashes', isJson: true, isClearing: true }],
  [['ps', '--ipc'], { kind: 'messages', isJson: false, isWatching: false }],
  [['ps', '--json', '--ipc', '--watch'], { kind: 'messages', isJson: true, isWatching: true }],
  [['trace'], { kind: 'trace', seconds: 5, out: null, isJson: false }],
  [
    ['trace', '--seconds', '0.5', '--out', 'a b.json', '--json'],
    { kind: 'trace', seconds: 0.5, out: 'a b.json', isJson: true },
  ],
  [['record', '--out', 'a'], { kind: 'record', out: 'a', seconds: null, isWhole: false }],
  [['record', '--out=a', '--seconds=9', '--whole'], { kind: 'record', out: 'a', seconds: 9, isWhole: true }],
  [
    ['replay', 'a', '--against', 'ai', '--paced'],
    { kind: 'replay', file: 'a', service: 'ai', isPaced: true, isJson: false },
  ],
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
  [['search'], '"nexus search" needs what to look for.'],
  [['search', 'x', '--limit', '0'], '--limit takes a whole number up to 100.'],
  [['search', 'x', '--limit', 'many'], '--limit takes a whole number up to 100.'],
  [['search', 'x'.repeat(1_001)], 'That is too long.'],
  [['ask', 'http://a/'], '"nexus ask" needs the address of a page and a question.'],
  [['ask', 'http://a/', ' '], '"nexus ask" needs the address of a page and a question.'],
  [['ask', 'http://a/', 'x'.repeat(1_001)], 'The question is too long.'],
  [['open', 'http://a/', '--json'], '"nexus open" does not take --json.'],
  [['quit', '--ipc'], '"nexus quit" does not take --ipc.'],
  [['quit', 'now'], '"nexus quit" does not take "now".'],
  [['trace', '--seconds', 'soon'], '--seconds takes a number up to 3600.'],
  [['trace', '--seconds', '0'], '--seconds takes a number up to 3600.'],
  [['record'], '"nexus record" needs --out and a file.'],
  [['record', '--out', 'a', '--seconds', '1e9'], '--seconds takes a number up to 3600.'],
  [['replay', '--against', 'ai'], '"nexus replay" needs a file that "nexus record" wrote.'],
  [['replay', 'a'], '"nexus replay" needs --against ai or storage.'],
  [['replay', 'a', '--against', 'chrome'], '"nexus replay" needs --against ai or storage.'],
  [
    ['replay', 'a', 'b', '--against', 'ai'],
    '"nexus replay" takes one file; put its name in quotes if it has spaces.',
  ],
  [['kill'], '"nexus kill" needs a process: its number, or its name as "nexus ps" shows it.'],
  [['kill', 'a', 'b'], '"nexus kill" takes one process; put its name in quotes if it has spaces.'],
  [['ps', '--force'], '"nexus ps" does not take --force.'],
  [
    ['ps', '--sort', 'size'],
    '--sort takes one of task, kind, site, state, cpu, memory, messages, p95, restarts, uptime, pid, priority.',
  ],
  [['ps', '--ipc', '--flat'], '--ipc is not taken together with --flat or --sort.'],
  [['ps', '--wach'], "Unknown option '--wach'."],
  [['ps', '--json=yes'], "Option '--json' does not take an argument."],
])('says what is wrong with %j', (words, message) => {
  expect(parseCommand(words)).toEqual({ kind: 'misunderstood', message, isJson: words.includes('--json') })
})
