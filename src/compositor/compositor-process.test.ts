import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { type CompositorCrash, CompositorProcess } from './compositor-process.ts'

function start() {
  const clock = new SimulatedClock()
  const done: string[] = []
  const crashes: CompositorCrash[] = []
  const state = { pid: 100, answers: true }
  const process = new CompositorProcess({
    hands: {
      get pid() {
        return state.pid
      },
      load: () => void done.push('load'),
      end: () => void done.push('end'),
    },
    ping: () => (state.answers ? Promise.resolve() : Promise.reject(new Error('no answer'))),
    clock,
    onReady: () => void done.push('ready'),
    onCrash: crash => void crashes.push(crash),
  })
  const connect = async () => {
    process.connected()
    await Promise.resolve()
    await Promise.resolve()
  }
  const kill = () => process.gone({ reason: 'killed', exitCode: 9 })
  return { clock, done, crashes, state, process, connect, kill }
}

describe("the compositor's process", () => {
  it('is started when it is needed, once, and is ready when it answers', async () => {
    const { process, done, connect } = start()
    expect([process.isReady, process.pid, process.facts().state]).toEqual([false, null, 'created'])
    process.ensureRunning()
    process.ensureRunning()
    expect(done).toEqual(['load'])
    await connect()
    expect(done).toEqual(['load', 'ready'])
    expect([process.isReady, process.pid, process.facts().state]).toEqual([true, 100, 'idle'])
  })

  it('comes back when it was ended, and says so', async () => {
    const { process, done, crashes, clock, connect, kill } = start()
    process.ensureRunning()
    await connect()
    kill()
    expect(crashes).toEqual([{ isGivenUp: false, isNowSoftware: false }])
    clock.advance(250)
    await connect()
    expect(done).toEqual(['load', 'ready', 'load', 'ready'])
    expect(process.facts()).toMatchObject({ restarts: 1, state: 'idle' })
  })

  it('draws without the graphics processor once it was ended three times in short order', async () => {
    const { process, crashes, clock, connect, kill } = start()
    process.ensureRunning()
    for (const delayMs of [250, 500, 1_000]) {
      await connect()
      kill()
      clock.advance(delayMs)
    }
    expect(crashes.map(crash => crash.isNowSoftware)).toEqual([false, false, true])
    expect(process.isFaulty).toBe(true)
  })

  it('does not count endings with a while of good running between', async () => {
    const { process, clock, connect, kill } = start()
    process.ensureRunning()
    for (let round = 0; round < 5; round += 1) {
      await connect()
      clock.advance(60_000)
      kill()
      clock.advance(250)
    }
    expect(process.isFaulty).toBe(false)
  })

  it('gives up after the restarts that it is allowed, and tries again when it is needed', async () => {
    const { process, done, crashes, clock, connect, kill } = start()
    process.ensureRunning()
    for (let round = 0; round < 10; round += 1) {
      await connect()
      kill()
      clock.advance(5_000)
    }
    expect(crashes.at(-1)).toEqual({ isGivenUp: true, isNowSoftware: false })
    expect(process.facts().state).toBe('failed')
    const loads = done.filter(one => one === 'load').length
    process.ensureRunning()
    expect(done.filter(one => one === 'load').length).toBe(loads + 1)
  })

  it('is loaded again when its page never says hello', () => {
    const { process, done, clock } = start()
    process.ensureRunning()
    clock.advance(20_000)
    clock.advance(250)
    expect(done).toEqual(['load', 'load'])
  })

  it('costs no timer while nobody looks', async () => {
    const { process, clock, connect } = start()
    process.ensureRunning()
    await connect()
    clock.advance(60_000)
    expect(clock.timers).toBe(0)
  })

  it('is ended when it answers no heartbeat while somebody looks', async () => {
    const { process, done, clock, state, connect } = start()
    process.ensureRunning()
    process.setBusy(true)
    await connect()
    state.answers = false
    for (let beat = 0; beat < 3; beat += 1) {
      expect(done).not.toContain('end')
      clock.advance(5_000)
      await new Promise(resolve => setImmediate(resolve))
    }
    expect(done).toContain('end')
  })
})
