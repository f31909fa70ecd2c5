import { describe, expect, it } from 'vitest'
import { createActor, SimulatedClock } from 'xstate'
import { processMachine } from '../../controller/process-machine.ts'
import { ProcessRegister } from './process-register.ts'

function start(attempts = 2, idleOutMs: number | null = null) {
  const clock = new SimulatedClock()
  const register = new ProcessRegister({ now: () => clock.now(), priorityOf: () => 'normal' })
  const restart = {
    kind: 'backoff',
    attempts,
    firstDelayMs: 100,
    initialDelayMs: 100,
    maximumDelayMs: 200,
    stableAfterMs: 60_000,
  } as const
  const actor = createActor(processMachine, { clock, input: { name: 'ai', restart, idleOutMs } }).start()
  const about = () => ({ name: 'Reader', tabIds: [], site: null, isPrivate: false, isInView: false })
  const entered = register.add({ id: 'service:ai', kind: 'ai', actor, about })
  const run = (pid: number) => {
    actor.send({ type: 'spawned', pid, at: clock.now() })
    actor.send({ type: 'welcomed' })
  }
  const lose = () => actor.send({ type: 'exited', exit: { reason: 'killed', exitCode: 9 } })
  const told = () => register.entries.map(({ pid, state, cause }) => [pid, state, cause])
  return { clock, register, actor, entered, run, lose, told }
}

describe('the book of processes', () => {
  it('knows each process by id and by number, as it is now', () => {
    const { register, run, lose } = start()
    run(11)
    expect(register.byPid(11)).toEqual(register.find('service:ai'))
    expect(register.byPid(11)).toMatchObject({ state: 'ready', pid: 11, priority: 'normal', restarts: 0 })
    lose()
    expect(register.byPid(11)).toBe(null)
    expect(register.all()).toMatchObject([{ state: 'restarting', pid: null, restarts: 1 }])
  })

  it('tells every step, also that of a crash which is over at once, and the end of all trying', () => {
    const { clock, run, lose, told } = start(1)
    run(11)
    lose()
    clock.increment(100)
    run(12)
    lose()
    expect(told()).toEqual([
      [null, 'created', null],
      [11, 'ready', null],
      [11, 'crashed', 'killed'],
      [null, 'restarting', 'restart 1'],
      [null, 'created', null],
      [12, 'ready', null],
      [12, 'crashed', 'killed'],
      [null, 'failed', 'given up after 1 restarts'],
    ])
  })

  it('says why we ended it, to whoever asks, and not of another process with the same number', () => {
    const { clock, register, run, lose, told } = start()
    run(11)
    register.noteEnd(11, { kind: 'hung' })
    register.noteEnd(11, { kind: 'person' })
    lose()
    expect(told()[2]).toEqual([11, 'crashed', 'did not answer'])
    expect(register.causeOf(11)).toEqual({ kind: 'hung' })
    clock.increment(100)
    run(11)
    expect(register.causeOf(11)).toBe(null)
  })

  it('does not call it a crash when a process was sent away for want of work', () => {
    const { clock, actor, run, lose, told } = start(2, 1_000)
    run(11)
    actor.send({ type: 'quiet' })
    clock.increment(1_000)
    lose()
    expect(told().slice(-2)).toEqual([
      [11, 'idle', null],
      [null, 'created', 'not needed now'],
    ])
  })

  it('forgets a process that was terminated, and hands its last step to listeners with all that was known', () => {
    const { register, actor, run } = start()
    const heard: unknown[] = []
    using _listening = register.onEntry((entry, process) => heard.push([entry.state, entry.pid, process.pid]))
    run(11)
    actor.send({ type: 'stop' })
    expect(heard).toEqual([
      ['ready', 11, 11],
      ['terminated', 11, 11],
    ])
    expect(register.all()).toEqual([])
  })

  it('tells once a turn that something changed', async () => {
    const { register, run, lose } = start()
    let changes = 0
    const listening = register.onDidChange(() => (changes += 1))
    run(11)
    lose()
    expect(changes).toBe(0)
    await new Promise(resolve => setImmediate(resolve))
    expect(changes).toBe(1)
    listening[Symbol.dispose]()
    run(12)
    await new Promise(resolve => setImmediate(resolve))
    expect(changes).toBe(1)
  })

  it('keeps the latest thousand steps', () => {
    const { register, actor, run } = start()
    run(11)
    for (let round = 0; round < 1_000; round += 1) actor.send({ type: round % 2 === 0 ? 'busy' : 'quiet' })
    expect(register.entries).toHaveLength(1_000)
    expect(register.entries.at(-1)?.state).toBe('idle')
  })
})
