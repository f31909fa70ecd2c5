import { describe, expect, it } from 'vitest'
import { silentLog } from '../../ipc/log.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { type ProxiedSession, ProxyLink } from './proxy-link.ts'

/** A network process that gives ports as it is told, and sessions that tell what they were set to. */
function world(ports: readonly (number | Error)[]) {
  const answers = [...ports]
  const opened: [secret: string, port: number | null][] = []
  const clock = new SimulatedClock()
  let secrets = 0
  let ended = 0
  const link = new ProxyLink({
    open: async (secret, port) => {
      opened.push([secret, port])
      const answer = answers.shift() ?? port ?? 1
      if (answer instanceof Error) throw answer
      return answer
    },
    endProcess: () => {
      ended += 1
    },
    makeSecret: () => {
      secrets += 1
      return `secret ${secrets}`
    },
    clock,
    log: silentLog,
  })
  const set: string[] = []
  const session: ProxiedSession = {
    setProxy: async ({ proxyRules, proxyBypassRules }) => void set.push(`${proxyRules} ${proxyBypassRules}`),
  }
  return { link, session, opened, set, clock, ended: () => ended }
}

/** Lets everything happen that needs no time. */
const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

describe('the way to the network', () => {
  it('leaves no session ready before the proxy is open, and sets each to it, loopback too', async () => {
    const { link, session, set } = world([4_000])
    let isReady = false
    const attached = link.attach(session).then(() => {
      isReady = true
    })
    await settle()
    expect([isReady, set, link.port]).toEqual([false, [], null])
    expect(await link.processUp()).toBe(true)
    await attached
    expect([isReady, set, link.port]).toEqual([true, ['127.0.0.1:4000 <-loopback>'], 4_000])
  })

  it('wants the same port of the next process, with the same secret, and leaves the sessions alone', async () => {
    const { link, session, opened, set } = world([4_000, 4_000])
    await Promise.all([link.attach(session), link.processUp()])
    link.processDown()
    await link.processUp()
    expect([opened, set.length]).toEqual([
      [
        ['secret 1', null],
        ['secret 1', 4_000],
      ],
      1,
    ])
  })

  it('takes a new secret when somebody else has got the port, and sets the sessions anew', async () => {
    const { link, session, opened, set } = world([4_000, 5_000, 5_000])
    await Promise.all([link.attach(session), link.processUp()])
    link.processDown()
    await link.processUp()
    expect(opened.at(-1)).toEqual(['secret 2', 5_000])
    expect(set).toEqual(['127.0.0.1:4000 <-loopback>', '127.0.0.1:5000 <-loopback>'])
    expect(link.credentialsFor({ isProxy: true, host: '127.0.0.1', port: 5_000 })?.password).toBe('secret 2')
  })

  it('tells the secret to nobody but its own proxy', async () => {
    const { link } = world([4_000])
    expect(link.credentialsFor({ isProxy: true, host: '127.0.0.1', port: 4_000 })).toBeNull()
    await link.processUp()
    expect(
      [
        { isProxy: true, host: '127.0.0.1', port: 4_000 },
        { isProxy: false, host: '127.0.0.1', port: 4_000 },
        { isProxy: true, host: '127.0.0.1', port: 4_001 },
        { isProxy: true, host: 'localhost', port: 4_000 },
      ].map(asker => link.credentialsFor(asker) !== null),
    ).toEqual([true, false, false, false])
  })

  it('tries again when the process does not open it, then has the process ended', async () => {
    const away = new Error('away')
    const { link, opened, clock, ended } = world([away, away, away])
    const up = link.processUp()
    for (let attempts = 0; attempts < 4; attempts += 1) {
      await settle()
      clock.advance(200)
    }
    expect([await up, opened.length, ended()]).toEqual([false, 3, 1])
  })

  it('forgets what an earlier process answers late', async () => {
    const late = Promise.withResolvers<number>()
    const set: string[] = []
    const answers = [late.promise, Promise.resolve(5_000)]
    const link = new ProxyLink({
      open: () => answers.shift() ?? Promise.resolve(1),
      endProcess: () => {},
      makeSecret: () => 'x',
      clock: new SimulatedClock(),
      log: silentLog,
    })
    const attached = link.attach({ setProxy: async ({ proxyRules }) => void set.push(proxyRules) })
    const first = link.processUp()
    link.processDown()
    await link.processUp()
    late.resolve(4_000)
    expect([await first, link.port]).toEqual([false, 5_000])
    await attached
    expect(set).toEqual(['127.0.0.1:5000'])
  })

  it('forgets sessions that are over', async () => {
    const { link, session, set } = world([4_000, 5_000, 5_000])
    await Promise.all([link.attach(session), link.processUp()])
    link.detach(session)
    link.processDown()
    await link.processUp()
    expect(set).toEqual(['127.0.0.1:4000 <-loopback>'])
  })
})
