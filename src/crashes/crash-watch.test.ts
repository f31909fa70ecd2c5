import { beforeEach, describe, expect, it } from 'vitest'
import type { LifecycleEntry, ProcessKind } from '../../contracts/processes.ts'
import type { SpanRecord } from '../../ipc/tracing/span-record.ts'
import type { ProcessExit } from '../controller/process-machine.ts'
import type { EndCause } from '../processes/book/known-process.ts'
import type { Crash } from './crash-keeper.ts'
import { CrashWatch, type PageCrash } from './crash-watch.ts'
import { lastMessages } from './last-messages.ts'
import { pageGone } from './page-loss.ts'

let recorded: Crash[]
let causes: Map<number, EndCause>
let entries: LifecycleEntry[]
let exit: ProcessExit | null
let watch: CrashWatch

beforeEach(() => {
  recorded = []
  causes = new Map()
  entries = []
  exit = { reason: 'crashed', exitCode: 1 }
  watch = new CrashWatch({
    book: { causeOf: pid => causes.get(pid) ?? null, byPid: () => null, entries },
    record: crash => recorded.push(crash),
    messagesOf: peer => [`→ ${peer}`],
    lastExit: () => exit,
    now: () => 9_000,
  })
})

const limit: EndCause = { kind: 'memoryLimit', memoryBytes: 600, limitBytes: 512 }
const entry = (processId: string, change: Partial<LifecycleEntry> = {}): LifecycleEntry => ({
  at: 9_000,
  processId,
  kind: 'storage',
  name: 'Storage',
  pid: 4,
  state: 'crashed',
  cause: null,
  ...change,
})
const page = (change: Partial<PageCrash> = {}): PageCrash => ({
  tabId: 't',
  site: 'a.example',
  isPrivate: false,
  pid: 5,
  cause: null,
  details: { reason: 'crashed', exitCode: 139 },
  startedAt: 2_000,
  memory: [],
  at: 9_000,
  ...change,
})

describe('an end that should not have been', () => {
  it('is written down of a page, with its site and how long it ran', () => {
    watch.pageGone(page())
    expect(recorded).toEqual([
      {
        kind: 'page',
        name: 'page',
        reason: 'crashed',
        exitCode: 139,
        site: 'a.example',
        uptimeMs: 7_000,
        lastMessages: ['→ tab:t'],
        at: 9_000,
      },
    ])
  })

  it('is written down of a private page without its site', () => {
    watch.pageGone(page({ isPrivate: true }))
    expect(recorded[0]?.site).toBeNull()
  })

  it('is written down once for a process that served two tabs, and again for the next process', () => {
    watch.pageGone(page())
    watch.pageGone(page({ tabId: 'u', at: 9_010 }))
    watch.pageGone(page({ at: 12_000 }))
    watch.pageGone(page({ pid: 6, at: 12_000 }))
    expect(recorded).toHaveLength(3)
  })

  it.each<[EndCause | null, string[]]>([
    [null, ['crashed']],
    [limit, ['memory limit']],
    [{ kind: 'hung' }, ['did not answer']],
    [{ kind: 'person' }, []],
    [{ kind: 'rest' }, []],
  ])('says why: %j', (cause, reasons) => {
    watch.pageGone(page({ cause }))
    if (cause !== null) causes.set(4, cause)
    watch.entry(entry('service:storage'), { startedAt: 1_000 })
    expect(recorded.map(({ reason }) => reason)).toEqual([...reasons, ...reasons])
  })

  it('is written down of a frame, of which nobody says why', () => {
    const frame = { id: 'frame:4:renderer:5', pid: 4, site: 'ads.example', startedAt: 4_000, tabIds: ['t'] }
    watch.frameGone({ ...frame, isPrivate: false })
    watch.frameGone({ ...frame, isPrivate: true })
    causes.set(4, { kind: 'person' })
    watch.frameGone({ ...frame, isPrivate: false })
    expect(recorded.map(({ name, reason, site, uptimeMs }) => [name, reason, site, uptimeMs])).toEqual([
      ['frame', 'gone', 'ads.example', 5_000],
      ['frame', 'gone', null, 5_000],
    ])
  })

  it('is written down of a service, and of no other step in its life', () => {
    watch.entry(entry('service:storage', { state: 'restarting' }), { startedAt: null })
    watch.entry(entry('renderer:5', { kind: 'tab' }), { startedAt: null })
    exit = { reason: 'killed', exitCode: 137 }
    watch.entry(entry('service:ai'), { startedAt: 1_000 })
    expect(recorded).toMatchObject([
      {
        kind: 'service',
        name: 'ai',
        reason: 'killed',
        exitCode: 137,
        uptimeMs: 8_000,
        lastMessages: ['→ ai'],
      },
    ])
  })

  it('is written down of the graphics process, and why where we ended it; of ours only once', () => {
    const details = { exitCode: 9, reason: 'killed' } as const
    watch.engineHelperGone({ ...details, type: 'GPU' })
    entries.push(entry('engine:4', { kind: 'gpu' satisfies ProcessKind }))
    causes.set(4, limit)
    watch.engineHelperGone({ ...details, type: 'GPU' })
    watch.engineHelperGone({ ...details, type: 'Utility', name: 'Network Service' })
    watch.engineHelperGone({ ...details, type: 'Utility', serviceName: 'nexus-storage' })
    watch.engineHelperGone({ ...details, type: 'Utility', name: 'Audio Service', reason: 'clean-exit' })
    watch.engineHelperGone({ ...details, type: 'Zygote' })
    expect(recorded.map(({ kind, name, reason }) => [kind, name, reason])).toEqual([
      ['gpu', 'graphics', 'killed'],
      ['gpu', 'graphics', 'memory limit'],
      ['service', 'Network Service', 'killed'],
    ])
  })

  it('is written down of the window, unless the person ended it', () => {
    watch.chromeGone(3, 8_000, { reason: 'oom', exitCode: 5 })
    causes.set(3, { kind: 'person' })
    watch.chromeGone(3, 8_000, { reason: 'killed', exitCode: 9 })
    expect(recorded).toMatchObject([{ kind: 'chrome', reason: 'oom', uptimeMs: 1_000, site: null }])
  })
})

describe('what a tab shows of a loss', () => {
  const shown = (cause: EndCause | null, reason: PageCrash['details']['reason'] = 'killed') =>
    pageGone(page({ cause, details: { reason, exitCode: 9 } }))

  it('goes by what we know before what the engine says', () => {
    expect(shown(null)).toMatchObject({ reason: 'killed', isHung: false, end: { isByPerson: false } })
    expect(shown({ kind: 'hung' })).toMatchObject({ reason: 'killed', isHung: true })
    expect(shown({ kind: 'person' }, 'crashed')).toMatchObject({
      reason: 'killed',
      end: { isByPerson: true },
    })
    expect(shown(null, 'oom')).toMatchObject({ reason: 'outOfMemory', end: { memory: null } })
    expect(shown(limit)).toMatchObject({
      reason: 'outOfMemory',
      end: { memory: { bytes: 600, limitBytes: 512 } },
    })
  })

  it('keeps the latest of what it held', () => {
    const memory = Array.from({ length: 700 }, (_, at) => ({ at, bytes: at }))
    const { end } = pageGone(page({ cause: limit, memory }))
    expect(end?.memory?.samples).toHaveLength(600)
    expect(end?.memory?.samples.at(-1)).toEqual({ at: 699, bytes: 699 })
  })
})

it('the last messages are told by name and outcome, oldest first, and only those with the peer', () => {
  const span = (peer: string, startedAt: number, change: Partial<SpanRecord> = {}): SpanRecord => ({
    kind: 'call',
    traceId: 1,
    spanId: startedAt,
    parentSpanId: 0,
    peer,
    method: `page.m${startedAt}`,
    startedAt,
    queuedMs: 0,
    wireMs: 0,
    handlerMs: 0,
    totalMs: 1,
    outcome: 'answered',
    ...change,
  })
  const spans = [
    span('tab:t', 3, { outcome: 'timedOut' }),
    span('other', 2),
    span('tab:t', 1, { kind: 'answer' }),
  ]
  expect(lastMessages(spans, 'tab:t')).toEqual(['← page.m1', '→ page.m3 (no answer)'])
  expect(
    lastMessages(
      Array.from({ length: 60 }, (_, at) => span('x', at)),
      'x',
    ),
  ).toHaveLength(50)
})
