import { describe, expect, it } from 'vitest'
import { createActor, SimulatedClock } from 'xstate'
import { lifecycleState } from './lifecycle-state.ts'
import { processMachine, type RestartPolicy, restartDelayMs } from './process-machine.ts'

const backoff: RestartPolicy = {
  kind: 'backoff',
  attempts: 3,
  firstDelayMs: 20,
  initialDelayMs: 100,
  maximumDelayMs: 250,
  stableAfterMs: 60_000,
}
const crash = { type: 'exited', exit: { reason: 'crashed', exitCode: 1 } } as const

function start(restart: RestartPolicy, idleOutMs: number | null = null) {
  const clock = new SimulatedClock()
  const done: string[] = []
  const machine = processMachine.provide({
    actions: {
      launch: () => done.push('launch'),
      retire: () => done.push('retire'),
      freeze: () => done.push('freeze'),
      thaw: () => done.push('thaw'),
      announceCrash: () => done.push('announceCrash'),
      announceFailure: () => done.push('announceFailure'),
    },
  })
  const actor = createActor(machine, { clock, input: { name: 'storage', restart, idleOutMs } })
  actor.start()
  return { actor, clock, done, state: () => lifecycleState(actor.getSnapshot()) }
}

function run(actor: ReturnType<typeof start>['actor'], pid: number): void {
  actor.send({ type: 'spawned', pid, at: 1 })
  actor.send({ type: 'welcomed' })
}

describe('the lifecycle of a process', () => {
  it('goes from created over ready to active and idle, and can be suspended', () => {
    const { actor, state } = start(backoff)
    const seen = [state()]
    for (const type of ['welcomed', 'busy', 'quiet', 'suspend', 'resume', 'quiet', 'stop'] as const) {
      actor.send({ type })
      seen.push(state())
    }
    expect(seen).toEqual(['created', 'ready', 'active', 'idle', 'suspended', 'active', 'idle', 'terminated'])
  })

  it('is restarted almost at once, then after a delay that doubles, and forgets its pid meanwhile', () => {
    const { actor, clock, done, state } = start(backoff)
    actor.send({ type: 'launch' })
    run(actor, 11)
    actor.send(crash)
    expect(state()).toBe('restarting')
    expect(actor.getSnapshot().context).toMatchObject({ pid: null, startedAt: null, restarts: 1 })
    clock.increment(19)
    expect(done).toEqual(['launch', 'announceCrash'])
    clock.increment(1)
    expect(done).toEqual(['launch', 'announceCrash', 'launch'])
    run(actor, 12)
    actor.send(crash)
    clock.increment(99)
    expect(state()).toBe('restarting')
    clock.increment(1)
    run(actor, 13)
    actor.send(crash)
    clock.increment(199)
    expect(state()).toBe('restarting')
    clock.increment(1)
    expect(state()).toBe('created')
  })

  it('gives up after its attempts, says so, and starts again when asked', () => {
    const { actor, clock, done, state } = start(backoff)
    for (let attempt = 0; attempt < 3; attempt += 1) {
      actor.send(crash)
      clock.increment(250)
    }
    actor.send(crash)
    expect(state()).toBe('failed')
    expect(done.at(-1)).toBe('announceFailure')
    actor.send({ type: 'retry' })
    expect(state()).toBe('created')
    expect(actor.getSnapshot().context).toMatchObject({ attempts: 0, restarts: 3 })
  })

  it('counts its attempts anew once it has been stable', () => {
    const { actor, clock } = start(backoff)
    actor.send(crash)
    clock.increment(100)
    run(actor, 12)
    clock.increment(60_000)
    expect(actor.getSnapshot().context).toMatchObject({ attempts: 0, restarts: 1 })
  })

  it('waits for the person where the policy never restarts', () => {
    const { actor, clock, state } = start({ kind: 'never' })
    run(actor, 11)
    actor.send({ type: 'exited', exit: { reason: 'killed', exitCode: 9 } })
    clock.increment(600_000)
    expect(state()).toBe('crashed')
    actor.send({ type: 'spawned', pid: 12, at: 2 })
    expect(state()).toBe('created')
  })

  it('ends a process that has had no work for long, and starts it again when it is needed', () => {
    const { actor, clock, done, state } = start(backoff, 600_000)
    actor.send({ type: 'launch' })
    run(actor, 11)
    actor.send({ type: 'quiet' })
    clock.increment(599_999)
    actor.send({ type: 'busy' })
    clock.increment(600_000)
    expect({ state: state(), done }).toEqual({ state: 'active', done: ['launch'] })
    actor.send({ type: 'quiet' })
    clock.increment(600_000)
    expect(done).toEqual(['launch', 'retire'])
    actor.send({ type: 'exited', exit: { reason: 'clean', exitCode: 0 } })
    expect(state()).toBe('created')
    expect(actor.getSnapshot().context).toMatchObject({ pid: null, restarts: 0, attempts: 0 })
    clock.increment(600_000)
    expect(done).toEqual(['launch', 'retire'])
    actor.send({ type: 'launch' })
    expect(done).toEqual(['launch', 'retire', 'launch'])
  })

  it('starts it again at once when work came while it was being ended', () => {
    const { actor, clock, done, state } = start(backoff, 1_000)
    run(actor, 11)
    actor.send({ type: 'quiet' })
    clock.increment(1_000)
    actor.send({ type: 'busy' })
    expect(done).toEqual(['retire'])
    actor.send({ type: 'exited', exit: { reason: 'killed', exitCode: 15 } })
    expect({ state: state(), done }).toEqual({ state: 'created', done: ['retire', 'launch'] })
  })

  it('loses the processor while it is suspended, and gets it back before anything else is done with it', () => {
    const { actor, done, state } = start(backoff)
    run(actor, 11)
    for (const type of ['suspend', 'suspend', 'quiet'] as const) actor.send({ type })
    expect({ state: state(), done }).toEqual({ state: 'suspended', done: ['freeze'] })
    actor.send({ type: 'busy' })
    expect({ state: state(), done }).toEqual({ state: 'active', done: ['freeze', 'thaw'] })
    actor.send({ type: 'suspend' })
    actor.send({ type: 'end', isWanted: false })
    expect(done).toEqual(['freeze', 'thaw', 'freeze', 'thaw', 'retire'])
  })

  it('ends in good order when it is asked to, and comes back at once where it is wanted', () => {
    const { actor, done, state } = start(backoff)
    run(actor, 11)
    actor.send({ type: 'end', isWanted: true })
    expect(state()).toBe('idle')
    actor.send({ type: 'exited', exit: { reason: 'clean', exitCode: 0 } })
    expect(done).toEqual(['retire', 'launch'])
    expect(actor.getSnapshot().context).toMatchObject({ restarts: 1, attempts: 0 })
    run(actor, 12)
    actor.send({ type: 'end', isWanted: false })
    actor.send({ type: 'exited', exit: { reason: 'clean', exitCode: 0 } })
    expect({ state: state(), done }).toEqual({ state: 'created', done: ['retire', 'launch', 'retire'] })
  })

  it('is started at once when somebody cannot wait for its restart', () => {
    const { actor, done } = start(backoff)
    run(actor, 11)
    actor.send(crash)
    actor.send({ type: 'launch' })
    expect(done).toEqual(['announceCrash', 'launch'])
  })

  it('keeps a process that is not to idle out', () => {
    const { actor, clock, state } = start(backoff)
    run(actor, 11)
    actor.send({ type: 'quiet' })
    clock.increment(24 * 3_600_000)
    expect(state()).toBe('idle')
  })

  it('never waits longer than the maximum', () => {
    expect([1, 2, 3, 9].map(attempt => restartDelayMs(backoff, attempt))).toEqual([20, 100, 200, 250])
  })
})
