import { describe, expect, it } from 'vitest'
import type { PageAnalysis } from '../contracts/page-analysis.ts'
import { sampleAnalysis } from '../contracts/testing/sample-analysis.ts'
import { formatBytes, formatDuration, formatWait } from './amounts.ts'
import { findTask } from './find-task.ts'
import { formatReport, reportOf } from './format-analysis.ts'
import { formatProcesses } from './format-processes.ts'
import type { ProcessReport, ReportedProcess } from './report-processes.ts'
import { sortProcesses } from './sort-processes.ts'
import { displayWidth, fitted, jsonLine, plainText } from './terminal-text.ts'

const row = (id: string, parentId: string | null, more: Partial<ReportedProcess> = {}): ReportedProcess => ({
  id,
  parentId,
  kind: 'tab',
  name: id,
  detail: '',
  site: null,
  state: 'active',
  pid: 100,
  cpuPercent: 1.25,
  memoryBytes: 52_428_800,
  memoryLimitBytes: null,
  uptimeMs: 61_000,
  messagesIn: 3,
  messagesOut: 4,
  p95Ms: null,
  restarts: 0,
  networkBytesPerSecond: null,
  priority: null,
  actions: ['end'],
  tabIds: [],
  ...more,
})

const tree = (...rows: ReportedProcess[]): ProcessReport => ({
  sampledAt: 0,
  rows,
  machine: { cores: 2, memoryBytes: 8 * 1024 ** 3, freeMemoryBytes: 3 * 1024 ** 3, description: 'test' },
})

describe('the process tree', () => {
  const wide = { columns: 200, isFlat: false }

  it('stands aligned, children under parents', () => {
    const text = formatProcesses(
      tree(
        row('Nexus core', null, { kind: 'controller', pid: 7, messagesIn: 1234, priority: 'critical' }),
        row('AI', 'Nexus core', { kind: 'ai', state: 'idle', restarts: 2, p95Ms: 4.25 }),
        row('Engine', 'Nexus core', { kind: 'engine', cpuPercent: null, memoryBytes: null, uptimeMs: null }),
        row('Tab', 'Engine', { site: '例え.jp', detail: 'Title', memoryLimitBytes: 536_870_912 }),
        row('Storage', 'Nexus core', { kind: 'storage', state: 'crashed', pid: null }),
      ),
      wide,
    )
    expect(text).toBe(`\
TASK              KIND        SITE     STATE      CPU   MEMORY      OF  NET/s    IN  OUT     P95  RESTARTS  UPTIME  PID  PRIORITY
Nexus core        controller  -        active   1.3 %  50.0 MB       -      -  1234    4       -         0  1m 01s    7  critical
├─ AI             ai          -        idle     1.3 %  50.0 MB       -      -     3    4  4.3 ms         2  1m 01s  100  -
├─ Engine         engine      -        active       -        -       -      -     3    4       -         0       -  100  -
│  └─ Tab: Title  tab         例え.jp  active   1.3 %  50.0 MB  512 MB      -     3    4       -         0  1m 01s  100  -
└─ Storage        storage     -        crashed  1.3 %  50.0 MB       -      -     3    4       -         0  1m 01s    -  -
4 processes, 5.0 % of one core, 200 MB; this machine: 2 cores, 3.0 GB of 8.0 GB free
`)
  })

  it('stands one after the other where that is wanted', () => {
    const rows = tree(row('a', null), row('b', 'a'))
    expect(formatProcesses(rows, { columns: 200, isFlat: true })).toMatch(/^a .*\nb /m)
  })

  it('leaves out the columns of least worth where the terminal is too narrow, then cuts names', () => {
    const rows = tree(row('a very long name of a process that goes on and on', null))
    const heads = (columns: number) => formatProcesses(rows, { columns, isFlat: false }).split('\n')
    const [head, line] = heads(80)
    expect(head).toMatch(/^TASK +KIND +STATE +CPU +MEMORY +IN +OUT +UPTIME +PID$/)
    expect(line).toContain('…')
    for (const columns of [60, 80, 100, 120, 140]) {
      for (const text of heads(columns).slice(0, 2)) expect(displayWidth(text)).toBeLessThanOrEqual(columns)
    }
  })

  it('shows every row once, also with parents that are missing or go in circles', () => {
    const text = formatProcesses(tree(row('a', 'b'), row('b', 'a'), row('c', 'gone'), row('d', 'd')), wide)
    expect(
      text
        .split('\n')
        .map(
          line =>
            line
              .replaceAll(/[├└│─ ]+/g, ' ')
              .trim()
              .split(' ')[0],
        )
        .slice(1, 5)
        .toSorted(),
    ).toEqual(['a', 'b', 'c', 'd'])
  })

  it('lets no title steer the terminal', () => {
    const text = formatProcesses(tree(row('x', null, { detail: 'a\u001b[2Jb\u009bc\r\nd\u202ee' })), wide)
    expect(text).toContain('x: a [2Jb c d e')
    expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  })

  it('is sorted by names in their order and by numbers from the highest, what is not known last', () => {
    const rows = [
      row('b', null, { memoryBytes: 1, priority: 'low' }),
      row('a', null, { memoryBytes: null, priority: null }),
      row('C', null, { memoryBytes: 2, priority: 'critical' }),
    ]
    const order = (key: Parameters<typeof sortProcesses>[1]) =>
      sortProcesses(rows, key)
        .map(({ id }) => id)
        .join('')
    expect([order('task'), order('memory'), order('priority'), order('cpu')]).toEqual([
      'abC',
      'Cba',
      'Cba',
      'baC',
    ])
  })
})

describe('the process that is meant', () => {
  const rows = [
    row('service:storage', null, { name: 'Storage', kind: 'storage', pid: 7 }),
    row('renderer:21', null, { name: 'a.example', site: 'a.example', pid: 21 }),
    row('renderer:22', null, { name: 'a.example', site: 'a.example', pid: 22 }),
    row('tab:x', null, { name: 'b.example', site: 'b.example', pid: null, state: 'crashed' }),
    row('renderer:23', null, { name: 'b.example', site: 'b.example', pid: 23 }),
  ]

  it.each([
    ['renderer:22', 'renderer:22'],
    ['7', 'service:storage'],
    ['STORAGE', 'service:storage'],
    ['b.example', 'renderer:23'],
  ])('%s is %s', (task, id) => expect(findTask(rows, task).id).toBe(id))

  it('is asked for when several have the name, which are told', () => {
    expect(() => findTask(rows, 'a.example')).toThrow(
      '2 processes are called "a.example". Name one by its number:\n' +
        '- 21 a.example (tab, active)\n- 22 a.example (tab, active)',
    )
  })

  it('is none for a part of a name or a number of nobody, with what may have been meant', () => {
    expect(() => findTask(rows, 'stor')).toThrow('There is no process "stor".\nDid you mean\n- 7 Storage')
    expect(() => findTask(rows, '99')).toThrow('There is no process "99". "nexus ps" shows them all.')
    expect(() => findTask(rows, '-1')).toThrow('There is no process "-1".')
  })
})

it('durations are told in two units', () => {
  expect([0, 41_900, 187_000, 7_500_000, 349_200_000].map(formatDuration)).toEqual([
    '0s',
    '41s',
    '3m 07s',
    '2h 05m',
    '4d 01h',
  ])
})

it('waits are told in milliseconds up to a second', () => {
  expect([0, 4.25, 168.4, 7_924].map(formatWait)).toEqual(['0.0 ms', '4.3 ms', '168 ms', '7.9 s'])
})

it('sizes are told with three digits', () => {
  expect([0, 1023, 1536, 52_428_800, 250_000_000, 8 * 1024 ** 3].map(formatBytes)).toEqual([
    '0 B',
    '1023 B',
    '1.5 KB',
    '50.0 MB',
    '238 MB',
    '8.0 GB',
  ])
})

it('text is measured as terminals show it', () => {
  expect(['abc', '天気', 'é', '👩‍👩‍👧', ''].map(displayWidth)).toEqual([3, 4, 1, 2, 0])
  expect([fitted('天気予報', 5), fitted('abcdef', 4), fitted('abc', 3)]).toEqual(['天気…', 'abc…', 'abc'])
  expect(plainText('  a\u0000\u001b]0;x\u0007 b  ')).toBe('a ]0;x b')
})

it('JSON holds no raw control characters and stays the same value', () => {
  const value = { title: 'a\u001b[2J\u009b\u007f\u2028\u202e\u{1F30D}\n' }
  const line = jsonLine(value)
  expect(line).not.toMatch(/[^\P{Cc}\n]/u)
  expect(line.trimEnd()).not.toContain('\n')
  expect(JSON.parse(line)).toEqual(value)
})

const analysis: PageAnalysis = {
  ...sampleAnalysis,
  url: 'https://example.com/',
  title: 'A \u001b[31mtitle',
  language: { kind: 'known', guess: { tag: 'en', name: 'English', confidence: 0.987 } },
  summary: [
    { text: 'First sentence.', paragraph: 0, start: 0, end: 15 },
    { text: 'Second one.', paragraph: 3, start: 0, end: 11 },
  ],
  keywords: [{ phrase: 'page', count: 3, weight: 1 }],
  metadata: { ...sampleAnalysis.metadata, author: 'Ilse\u001b Tamm', siteName: 'Harbour Log' },
  topic: { kind: 'known', topics: [{ label: 'science', confidence: 0.814 }] },
  entities: [{ name: 'Vallerhamn', kind: 'place', count: 2 }],
  difficulty: { kind: 'known', level: 'medium', score: 0.5 },
  words: 812,
  readingMinutes: 3.5,
  isCut: true,
  stages: [
    { stage: 'read', milliseconds: 12.3456 },
    { stage: 'language', milliseconds: 1 },
  ],
  totalMs: 20.04,
}

describe('an analysis', () => {
  it('is reported under names that scripts rely on', () => {
    expect(reportOf(analysis)).toEqual({
      url: 'https://example.com/',
      title: 'A \u001b[31mtitle',
      language: { tag: 'en', name: 'English', confidence: 0.987 },
      topics: [{ label: 'science', confidence: 0.814 }],
      metadata: analysis.metadata,
      summary: ['First sentence.', 'Second one.'],
      keywords: [{ phrase: 'page', count: 3, weight: 1 }],
      entities: [{ name: 'Vallerhamn', kind: 'place', count: 2 }],
      words: 812,
      readingMinutes: 3.5,
      difficulty: { level: 'medium', score: 0.5 },
      isCut: true,
      milliseconds: { read: 12.3, language: 1, total: 20 },
    })
  })

  it('says why the language could not be told', () => {
    const language = { kind: 'unavailable', code: 'MODEL_MISSING', message: 'The model is missing' } as const
    expect(reportOf({ ...analysis, language }).language).toEqual({
      tag: 'und',
      name: 'Unknown',
      confidence: 0,
      problem: { code: 'MODEL_MISSING', message: 'The model is missing' },
    })
    expect(formatReport(reportOf({ ...analysis, language }))).toContain(
      'Language  unknown: The model is missing',
    )
  })

  it('reads well at a terminal', () => {
    expect(formatReport(reportOf(analysis))).toBe(`A [31mtitle
https://example.com/
Ilse Tamm, Harbour Log

Language  English (99 %)
Topic     science (81 %)
Reading   about 4 min, medium to read, 812 words (the page is longer than was read)
Keywords  page
Names     Vallerhamn

  • First sentence.
  • Second one.

20 ms (read 12.3, language 1)
`)
  })

  it('says so when there is nothing to sum up', () => {
    const short = formatReport(
      reportOf({
        ...analysis,
        title: '',
        summary: [],
        keywords: [],
        topic: { kind: 'none' },
        difficulty: { kind: 'unknown' },
        words: 3,
        readingMinutes: 0.01,
        isCut: false,
      }),
    )
    expect(short).toContain('Untitled page')
    expect(short).toContain('Topic     none that fits\n')
    expect(short).toContain('less than a minute, 3 words\n')
    expect(short).toContain('too short to be summarised')
  })
})
