import { describe, expect, it } from 'vitest'
import { createActor, fromCallback, SimulatedClock } from 'xstate'
import type { PageProblem } from '../../contracts/browser.ts'
import type { StageResult } from '../../contracts/page-analysis.ts'
import { sampleAnalysis as analysis } from '../../contracts/testing/sample-analysis.ts'
import { type AnalysisInput, type AnalysisWorkerEvent, pageAnalysisMachine } from './page-analysis-machine.ts'
import { tabMachine } from './tab-machine.ts'
import type { TabId, TabInput } from './tab-model.ts'
import { tabContent, tabState } from './window-state.ts'

const url = 'http://example.test/'
const refused: PageProblem = { kind: 'refused', code: 'ERR_CONNECTION_REFUSED', url, host: 'example.test' }
const { title, metadata, method, isCut } = analysis
const read: StageResult = { stage: 'read', milliseconds: 2, found: { url, title, metadata, method, isCut } }

function start(input: Partial<TabInput> = {}) {
  const clock = new SimulatedClock()
  const done: string[] = []
  let worker: ((event: AnalysisWorkerEvent) => void) | null = null
  const machine = tabMachine.provide({
    actors: {
      pageAnalysis: pageAnalysisMachine.provide({
        actors: {
          analyze: fromCallback<AnalysisWorkerEvent, AnalysisInput>(({ sendBack }) => {
            worker = sendBack
            return () => done.push('worker stopped')
          }),
        },
      }),
    },
    actions: {
      load: (_, params) => done.push(`load ${params.url}`),
      reload: () => done.push('reload'),
      stopLoading: () => done.push('stop'),
      endPage: () => done.push('end'),
      recordVisit: (_, params) => done.push(`visit ${params.url}`),
    },
  })
  const actor = createActor(machine, {
    clock,
    input: { id: 't1' as TabId, url: null, title: '', isEphemeral: false, isPrivate: false, ...input },
  })
  actor.start()
  return {
    actor,
    clock,
    done,
    content: () => tabContent(actor.getSnapshot()),
    shown: () => tabState(actor.getSnapshot(), null),
    work: (event: AnalysisWorkerEvent) => worker?.(event),
  }
}

function navigate(actor: ReturnType<typeof start>['actor'], to = url): void {
  actor.send({ type: 'page.started', url: to })
  actor.send({ type: 'page.navigated', url: to, isSameDocument: false, canGoBack: true, canGoForward: false })
  actor.send({ type: 'page.finished' })
}

describe('an analysis that is asked for before its page is there', () => {
  const begin = { type: 'page.started', url } as const
  const commit = {
    type: 'page.navigated',
    url,
    isSameDocument: false,
    canGoBack: true,
    canGoForward: false,
  } as const

  it('waits for the page, and is not lost when the page begins', () => {
    const { actor, shown } = start()
    actor.send({ type: 'go', url })
    actor.send({ type: 'analyze' })
    expect(shown().analysis).toMatchObject({ kind: 'running' })
    actor.send(begin)
    actor.send(commit)
    expect(actor.getSnapshot().value.analysis).toEqual({ waiting: 'forContent' })
    actor.send({ type: 'page.finished' })
    expect(actor.getSnapshot().value.analysis).toBe('running')
  })

  it('waits five seconds for a page that never stops loading', () => {
    const { actor, clock } = start()
    actor.send({ type: 'go', url })
    actor.send(begin)
    actor.send(commit)
    actor.send({ type: 'page.milestone', progress: 0.4 })
    actor.send({ type: 'analyze' })
    clock.increment(4_999)
    expect(actor.getSnapshot().value.analysis).toEqual({ waiting: 'forContent' })
    clock.increment(1)
    expect(actor.getSnapshot().value.analysis).toBe('running')
  })

  it.each([
    ['failed', { type: 'page.failed', problem: refused }],
    ['came to nothing', { type: 'page.aborted', url: null }],
    ['is left for another', { type: 'go', url: 'http://other.test/' }],
    ['is not to be read any more', { type: 'cancelAnalysis' }],
  ] as const)('is given up when the page %s', (_, event) => {
    const { actor, shown } = start()
    actor.send({ type: 'go', url })
    actor.send({ type: 'analyze' })
    actor.send(event)
    expect(shown().analysis).toEqual({ kind: 'none' })
  })
})

describe('a tab', () => {
  it('opens as the new-tab page and loads what it is told to', () => {
    const { actor, content, done, shown } = start()
    expect(content()).toEqual({ kind: 'newTab' })
    actor.send({ type: 'go', url })
    expect(shown()).toMatchObject({ content: { kind: 'page' }, isLoading: true, url })
    navigate(actor)
    expect(shown()).toMatchObject({ isLoading: false, progress: 1, canGoBack: true })
    expect(done).toEqual([`load ${url}`, `visit ${url}`])
  })

  it('loads a restored address only when it is shown', () => {
    const { actor, done } = start({ url, title: 'Example' })
    expect(done).toEqual([])
    actor.send({ type: 'show' })
    actor.send({ type: 'show' })
    expect(done).toEqual([`load ${url}`])
  })

  it('says what went wrong and tries the same address again', () => {
    const { actor, content, done } = start()
    actor.send({ type: 'go', url })
    actor.send({ type: 'page.failed', problem: refused })
    expect(content()).toEqual({ kind: 'problem', problem: refused })
    actor.send({ type: 'reload' })
    expect(done).toEqual([`load ${url}`, `load ${url}`])
  })

  it('goes back to what was shown when a load comes to nothing', () => {
    const { actor, shown } = start()
    actor.send({ type: 'go', url: 'http://example.test/file.bin' })
    actor.send({ type: 'page.aborted', url: null })
    expect(shown()).toMatchObject({ content: { kind: 'newTab' }, url: '', isLoading: false })
    actor.send({ type: 'go', url })
    navigate(actor)
    actor.send({ type: 'page.started', url: 'http://example.test/file.bin' })
    actor.send({ type: 'page.aborted', url })
    expect(shown()).toMatchObject({ content: { kind: 'page' }, url, isLoading: false })
  })

  it('turns sad when its process is lost, and knows a second loss soon after', () => {
    const { actor, content } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'page.gone', gone: { reason: 'killed', exitCode: 9, at: 1_000 } })
    expect(content()).toEqual({ kind: 'gone', reason: 'killed', exitCode: 9, isRepeated: false, end: null })
    actor.send({ type: 'reload' })
    navigate(actor)
    actor.send({ type: 'page.gone', gone: { reason: 'crashed', exitCode: 5, at: 10_999 } })
    expect(content()).toMatchObject({ kind: 'gone', reason: 'crashed', isRepeated: true })
    actor.send({ type: 'reload' })
    navigate(actor)
    actor.send({ type: 'page.gone', gone: { reason: 'crashed', exitCode: 5, at: 21_000 } })
    expect(content()).toMatchObject({ isRepeated: false, end: null })
  })

  it('asks about a page that does not answer, again after the person chose to wait', () => {
    const { actor, clock, content, done } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'page.unresponsive' })
    expect(content()).toEqual({ kind: 'unresponsive' })
    actor.send({ type: 'waitForPage' })
    expect(content()).toEqual({ kind: 'page' })
    clock.increment(10_000)
    expect(content()).toEqual({ kind: 'unresponsive' })
    actor.send({ type: 'endPage' })
    expect(done.at(-1)).toBe('end')
    actor.send({ type: 'page.responsive' })
    expect(content()).toEqual({ kind: 'page' })
  })

  it('says of a page that was ended because it did not answer that it hung', () => {
    const { actor, content } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'page.unresponsive' })
    actor.send({ type: 'endPage' })
    actor.send({ type: 'page.gone', gone: { reason: 'killed', exitCode: 9, at: 1, isHung: true } })
    expect(content()).toMatchObject({ kind: 'gone', reason: 'hung' })
  })

  it('loads a page that hangs again, once its process is gone', () => {
    const { actor, content, done } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'page.unresponsive' })
    actor.send({ type: 'reload' })
    expect([content(), done.at(-1)]).toEqual([{ kind: 'unresponsive' }, 'end'])
    actor.send({ type: 'page.gone', gone: { reason: 'killed', exitCode: 9, at: 1, isHung: true } })
    expect([content(), done.at(-1)]).toEqual([{ kind: 'page' }, `load ${url}`])
    navigate(actor)
    actor.send({ type: 'page.unresponsive' })
    actor.send({ type: 'page.gone', gone: { reason: 'killed', exitCode: 9, at: 2 } })
    expect(content()).toMatchObject({ kind: 'gone', reason: 'killed' })
  })

  it('that is held back is not loaded by being shown, and is when it is asked for', () => {
    const { actor, content, done } = start({ url, title: 'Example', isHeldBack: true })
    actor.send({ type: 'show' })
    expect(content()).toEqual({ kind: 'gone', reason: 'heldBack', exitCode: 0, isRepeated: true, end: null })
    expect(done).toEqual([])
    actor.send({ type: 'reload' })
    expect([content(), done]).toEqual([{ kind: 'page' }, [`load ${url}`]])
  })

  it('shows the stages of an analysis as they end, and its result', () => {
    const { actor, shown, work } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'analyze' })
    work({ type: 'stage', result: read })
    work({ type: 'stage', result: { stage: 'topic', milliseconds: 3, found: { topic: { kind: 'none' } } } })
    expect(shown().analysis).toEqual({
      kind: 'running',
      finished: [
        { stage: 'read', milliseconds: 2 },
        { stage: 'topic', milliseconds: 3 },
      ],
      found: { ...read.found, topic: { kind: 'none' } },
    })
    work({ type: 'done', analysis })
    expect(shown().analysis).toEqual({ kind: 'done', analysis })
  })

  it('keeps the reason when an analysis fails, and can try again', () => {
    const { actor, shown, work } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'analyze' })
    work({ type: 'failed', code: 'NOTHING_TO_READ', message: 'Too little text.' })
    expect(shown().analysis).toMatchObject({ kind: 'failed', code: 'NOTHING_TO_READ' })
    actor.send({ type: 'analyze' })
    expect(shown().analysis).toEqual({ kind: 'running', finished: [], found: {} })
  })

  it('gives up on an analysis that stays silent', () => {
    const { actor, clock, shown } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'analyze' })
    clock.increment(45_000)
    expect(shown().analysis).toMatchObject({ kind: 'failed', code: 'TIMEOUT' })
  })

  it.each([
    ['leaving the page', { type: 'page.started', url: 'http://other.test/' }],
    ['cancelling', { type: 'cancelAnalysis' }],
    ['losing the page', { type: 'page.gone', gone: { reason: 'crashed', exitCode: 5, at: 1 } }],
  ] as const)('stops the analysis on %s', (_what, event) => {
    const { actor, done, shown } = start({ url })
    actor.send({ type: 'show' })
    navigate(actor)
    actor.send({ type: 'analyze' })
    actor.send(event)
    expect(done.at(-1)).toBe('worker stopped')
    expect(shown().analysis).toEqual({ kind: 'none' })
  })
})
