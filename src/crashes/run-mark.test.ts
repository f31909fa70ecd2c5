import { beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { RestoreWatch } from './restore-watch.ts'
import { RunMark } from './run-mark.ts'

let text: string | null
let warnings: string[]

beforeEach(() => {
  text = null
  warnings = []
})

function start(startedAt = 1_000): RunMark {
  return new RunMark({
    file: {
      read: () => {
        if (text === null) throw new Error('ENOENT')
        return text
      },
      write: written => {
        text = written
      },
    },
    pid: 7,
    version: '1.0',
    startedAt,
    warn: message => warnings.push(message),
  })
}

const started = { type: 'page.started', url: 'https://a.example/' } as const
const finished = { type: 'page.finished' } as const
const gone = { type: 'page.gone', gone: { reason: 'crashed', exitCode: 1, at: 1 } } as const

describe('the mark of a run', () => {
  it('tells the next run of one that did not close down', () => {
    start(1_000)
    expect(start(2_000).brokenRun).toEqual({ pid: 7, startedAt: 1_000, version: '1.0' })
  })

  it('says nothing of one that closed down, and of the first one', () => {
    const first = start()
    expect(first.brokenRun).toBeNull()
    first.close()
    expect(start().brokenRun).toBeNull()
  })

  it.each(['', '{', '[]', 'null', '{"pid":"x"}', '{"pid":1,"startedAt":1}'])(
    'takes a file that says %j for none',
    damaged => {
      text = damaged
      expect(start().brokenRun).toBeNull()
    },
  )

  it('believes no more of a damaged list than is in order', () => {
    text = '{"pid":1,"startedAt":1,"version":"1","restoring":[1,"a"],"failures":[["a",1],["b"],7]}'
    expect(start().isHeldBack('a')).toBe(true)
  })

  it('says that a crash will not be noticed when it cannot be written, and goes on', () => {
    const mark = new RunMark({
      file: {
        read: () => '',
        write: () => {
          throw new Error('ENOSPC')
        },
      },
      pid: 7,
      version: '1.0',
      startedAt: 1,
      warn: message => warnings.push(message),
    })
    mark.close()
    expect(warnings).toEqual(Array(2).fill('A crash of this run will not be noticed: ENOSPC'))
  })
})

describe('a tab that is brought back', () => {
  /** One run: the tab loads, and something happens. */
  function run(happen: (watch: RestoreWatch, clock: SimulatedClock, mark: RunMark) => void): boolean {
    const mark = start()
    const clock = new SimulatedClock()
    const watch = new RestoreWatch(mark, clock)
    const wasHeldBack = mark.isHeldBack('tab')
    watch.follow(['tab'])
    watch.noteFact('tab', started)
    happen(watch, clock, mark)
    expect(clock.timers).toBeLessThanOrEqual(1)
    watch[Symbol.dispose]()
    return wasHeldBack
  }
  const browserDies = (): void => {}
  const pageDies = (watch: RestoreWatch, _clock: SimulatedClock, mark: RunMark): void => {
    watch.noteFact('tab', gone)
    mark.close()
  }
  const comesUp = (watch: RestoreWatch, clock: SimulatedClock, mark: RunMark): void => {
    watch.noteFact('tab', finished)
    clock.advance(3_000)
    mark.close()
  }

  it.each([
    ['its page was lost', pageDies],
    ['the browser was lost', browserDies],
  ])('is held back once it went wrong twice that %s', (_name, goesWrong) => {
    expect([run(goesWrong), run(goesWrong), run(comesUp), run(comesUp)]).toEqual([false, false, true, false])
  })

  it('is forgiven one loss when it comes up the next time', () => {
    expect([run(pageDies), run(comesUp), run(pageDies), run(comesUp)]).toEqual([false, false, false, false])
  })

  it('is not to blame for what happens three seconds after it finished, nor for its later pages', () => {
    const later = (watch: RestoreWatch, clock: SimulatedClock): void => {
      watch.noteFact('tab', finished)
      clock.advance(3_000)
      watch.noteFact('tab', started)
      watch.noteFact('tab', gone)
    }
    expect([run(later), run(later), run(later)]).toEqual([false, false, false])
  })

  it('is not to blame for a load that failed, nor after it was closed, nor when it never ends loading', () => {
    const fails = (watch: RestoreWatch): void =>
      watch.noteFact('tab', {
        type: 'page.failed',
        problem: { kind: 'refused', code: 'x', url: 'https://a.example/', host: 'a.example' },
      })
    const closes = (watch: RestoreWatch): void => watch.closed('tab')
    const goesOn = (_watch: RestoreWatch, clock: SimulatedClock): void => clock.advance(20_000)
    for (const happen of [fails, closes, goesOn]) {
      expect([run(happen), run(happen), run(happen)]).toEqual([false, false, false])
      start().close()
    }
  })

  it('that is new in this run is not watched', () => {
    const mark = start()
    const watch = new RestoreWatch(mark, new SimulatedClock())
    watch.noteFact('new', started)
    watch.noteFact('new', gone)
    expect(text).not.toContain('new')
  })
})
