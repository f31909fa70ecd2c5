import type { ChaosWorld } from './chaos-world.ts'
import { actOn, known, reloadLost, type Summary, strikeHelper, strikeService, summary } from './in-main.ts'
import { LivingBrowser, pause, waitFor } from './living-browser.ts'
import { findProcess, processesOf } from './process-table.ts'
import type { Deed, Round, ServiceMoment, ServiceTarget } from './round-plan.ts'

type Random = Round['random']
type MainBlow = Extract<Deed, { kind: 'main' }>['blow']

const backMs = 45_000
/** A stopped process is noticed by three heartbeats of five seconds that are not answered in five. */
const noticedMs = 60_000
const blows = 5
/** So often at most until a process is given up. */
const mostBlows = 20

const signals = { kill: 'SIGKILL', exit: 'SIGUSR2', terminate: 'SIGTERM' } as const

/** Does what the round says, and gives what has to be open after it. */
export async function doDeed(world: ChaosWorld, deed: Deed, random: Random): Promise<Summary> {
  switch (deed.kind) {
    case 'service':
      return strikeOnce(world, deed.target, deed.moment, signals[deed.blow], random)
    case 'loop':
      for (let count = 0; count < blows; count += 1) await strikeAny(world, deed.target, random)
      break
    case 'giveUp':
      await giveUp(world, deed.target)
      break
    case 'hog':
      await hog(world, deed.target, random)
      break
    case 'chrome':
      await strikeChrome(world, deed.moment)
      break
    case 'tab':
      return strikeTab(world, deed.moment, random)
    case 'frame':
      return strikeFrame(world, random)
    case 'gpu':
      await strikeEngine(world, 'gpu', '--type=gpu-process', 'GPU')
      break
    case 'engine':
      await strikeEngine(world, 'engine', 'network.mojom.NetworkService', 'network.mojom.NetworkService')
      break
    case 'main':
      return strikeMain(world, deed.blow, random)
    case 'hang':
      return hang(world, random)
  }
  return world.main.run(summary)
}

async function strikeOnce(
  world: ChaosWorld,
  name: ServiceTarget,
  moment: ServiceMoment,
  signal: NodeJS.Signals,
  random: Random,
): Promise<Summary> {
  await upOrRestarted(world, `service:${name}`)
  if (name === 'compositor' && moment === 'created') {
    await strikeNewcomer(world, signal)
    await upOrRestarted(world, `service:${name}`)
    return world.main.run(summary)
  }
  if (moment !== 'active' || name === 'storage' || name === 'audio' || name === 'compositor') {
    const pid = await world.main.run(strikeService, { name, moment, signal })
    await gone(world, pid)
    await upOrRestarted(world, `service:${name}`, pid)
    return world.main.run(summary)
  }
  const tab = await someTab(world, random)
  if (name === 'ai') {
    const url = `${world.pages.origin('a')}/article`
    await world.do({ kind: 'activate', tabId: tab.id })
    await world.do({ kind: 'visit', tabId: tab.id, url })
    await world.untilTab(tab.id, ({ title, isLoading }) => title.includes('tide') && !isLoading)
    await world.main.run((nexus, tabId) => {
      nexus.browser.send({ type: 'tab.tell', tabId: tabId as never, event: { type: 'analyze' } })
    }, tab.id)
    await gone(world, await world.main.run(strikeService, { name, moment, signal }))
    await waitFor(
      'end of the analysis',
      async () => {
        const kind = await world.main.run(
          (nexus, tabId) => nexus.state().tabs.find(({ id }) => id === tabId)?.analysis.kind,
          tab.id,
        )
        return kind === 'done' || kind === 'failed' ? kind : null
      },
      noticedMs,
    )
    return world.main.run(summary)
  }
  const url = world.freshUrl(random, 'slow')
  const asked = world.pages.requests.length
  await world.do({ kind: 'visit', tabId: tab.id, url })
  const path = new URL(url).pathname
  await waitFor('request', () => (world.pages.requests.includes(path, asked) ? true : null), backMs)
  const struck = await world.main.run(strikeService, { name, moment, signal })
  await gone(world, struck)
  await upOrRestarted(world, `service:${name}`, struck)
  await world.shown(tab.id, url)
  return world.main.run(summary)
}

/** Strikes the first page process that begins after the compositor was lost: as a rule its next one. */
async function strikeNewcomer(world: ChaosWorld, signal: NodeJS.Signals): Promise<void> {
  const renderers = () =>
    world.browser.processes().filter(({ command }) => command.includes('--type=renderer'))
  const before = new Set(renderers().map(({ pid }) => pid))
  await world.main.run(strikeService, { name: 'compositor', moment: 'idle', signal: 'SIGKILL' })
  const next = await waitFor(
    'new process of a page',
    () => renderers().find(({ pid }) => !before.has(pid))?.pid ?? null,
    backMs,
  )
  killQuietly(next, signal)
  await gone(world, next)
}

async function strikeAny(world: ChaosWorld, target: ServiceTarget | 'chrome' | 'tab', random: Random) {
  if (target === 'chrome') await strikeChrome(world, 'active')
  else if (target === 'tab') await strikeTab(world, 'active', random)
  else await strikeOnce(world, target, 'idle', 'SIGKILL', random)
}

async function giveUp(world: ChaosWorld, name: ServiceTarget): Promise<void> {
  const id = `service:${name}`
  for (let count = 0; count < mostBlows; count += 1) {
    const state = (await world.main.run(known)).find(one => one.id === id)?.state
    if (state === 'failed') break
    const struck = await world.main.run(strikeService, { name, moment: 'idle', signal: 'SIGKILL' })
    await waitFor(
      `${id} back, or given up`,
      async () => {
        const found = (await world.main.run(known)).find(one => one.id === id)
        return found?.state === 'failed' || (found !== undefined && isUp(found) && found.pid !== struck)
          ? true
          : null
      },
      backMs,
    )
  }
  const words = await world.main.run(nexus => nexus.state().notices.map(({ message }) => message))
  if (!words.some(message => /stopped too often.*Restart/.test(message)))
    world.violate(`${id} was given up without a way out: ${words.join(' / ')}`)
  await upOrRestarted(world, id)
}

async function hog(
  world: ChaosWorld,
  target: 'storage' | 'network' | 'audio' | 'tab',
  random: Random,
): Promise<void> {
  const limit = (megabytes: number | null) =>
    world.main.run(async (nexus, megabytes) => {
      const usual = { tab: 512, gpu: 1_024, ai: 2_048, controller: 1_024, other: 512 }
      const memoryLimitsMegabytes =
        megabytes === null ? usual : { ...usual, tab: megabytes, other: megabytes }
      nexus.browser.send({
        type: 'settings.changed',
        settings: { ...nexus.browser.getSnapshot().context.settings, memoryLimitsMegabytes },
      })
    }, megabytes)
  await limit(300)
  try {
    if (target === 'tab') {
      const tab = await someTab(world, random)
      const url = world.freshUrl(random, 'hog')
      await world.do({ kind: 'activate', tabId: tab.id })
      await world.visit(tab.id, url)
      await waitFor(
        'end of a tab that takes too much memory',
        async () => {
          const content = (await world.tabs()).find(({ id }) => id === tab.id)?.content
          return content?.kind === 'gone' ? true : null
        },
        noticedMs,
      )
      await world.visit(tab.id, world.freshUrl(random))
    } else {
      const id = `service:${target}`
      await upOrRestarted(world, id)
      const pid = (await world.main.run(known)).find(one => one.id === id)?.pid ?? 0
      process.kill(pid, 'SIGHUP')
      await gone(world, pid, noticedMs)
      await upOrRestarted(world, id, pid)
    }
    const notices = await world.main.run(nexus => nexus.state().notices.map(({ id }) => id))
    if (!notices.some(id => id.startsWith('memory:'))) world.violate('nobody was told of the memory')
  } finally {
    await limit(null)
  }
}

async function strikeChrome(world: ChaosWorld, moment: 'created' | 'active'): Promise<void> {
  await upOrRestarted(world, 'chrome')
  const pid = await world.main.run(async (nexus, moment) => {
    const { book } = nexus.parts.processes
    const strike = (): number => {
      const pid = book.find('chrome')?.pid ?? 0
      if (pid > 1) process.kill(pid, 'SIGKILL')
      return pid
    }
    const struck = strike()
    if (moment === 'active') return struck
    const giveUpAt = Date.now() + 20_000
    while (Date.now() < giveUpAt) {
      const found = book.find('chrome')
      if (found !== null && found.pid !== null && found.pid !== struck) return strike()
      await new Promise(resolve => setImmediate(resolve))
    }
    return struck
  }, moment)
  await gone(world, pid)
  await upOrRestarted(world, 'chrome', pid)
}

async function strikeTab(
  world: ChaosWorld,
  moment: 'loading' | 'active' | 'idle' | 'suspended' | 'crashed',
  random: Random,
): Promise<Summary> {
  const tab = await someTab(world, random)
  await world.do({ kind: 'activate', tabId: tab.id })
  await world.untilTab(
    tab.id,
    ({ pid, isLoading, content }) => pid !== null && !isLoading && content.kind === 'page',
  )
  if (moment === 'idle' || moment === 'suspended') {
    const other = (await world.tabs()).find(({ id }) => id !== tab.id)
    if (other !== undefined) await world.do({ kind: 'activate', tabId: other.id })
  }
  if (moment === 'loading') {
    const url = world.freshUrl(random, 'slow')
    const path = new URL(url).pathname
    await world.do({ kind: 'visit', tabId: tab.id, url })
    await waitFor('request', () => (world.pages.requests.includes(path) ? true : null), backMs)
  }
  if (moment === 'suspended') {
    await world.main.run((nexus, tabId) => {
      nexus.browser.send({ type: 'tab.tell', tabId: tabId as never, event: { type: 'freeze' } })
    }, tab.id)
    await pause(100)
  }
  await killTab(world, tab.id)
  if (moment === 'crashed') {
    await world.main.run(reloadLost)
    await pause(50)
    await killTab(world, tab.id)
  }
  const reloadedAt = performance.now()
  if (moment === 'idle' || moment === 'suspended') await world.do({ kind: 'activate', tabId: tab.id })
  await world.untilTab(
    tab.id,
    one => one.content.kind === 'page' && !one.isLoading && one.title !== '' && one.pid !== null,
  )
  world.times.add('tab, as the person reloads', performance.now() - reloadedAt)
  if (moment === 'loading') await world.visit(tab.id, world.freshUrl(random))
  return world.main.run(summary)
}

/** Kills the process of a tab, if it has one, and waits until main has seen it. */
async function killTab(world: ChaosWorld, tabId: string): Promise<void> {
  const pid = (await world.tabs()).find(({ id }) => id === tabId)?.pid ?? null
  if (pid === null) return
  killQuietly(pid, 'SIGKILL')
  await gone(world, pid)
  await waitFor(
    'sad tab',
    async () => {
      const tab = (await world.tabs()).find(({ id }) => id === tabId)
      // A load that was under way has another process by now.
      return tab?.content.kind === 'gone' || tab?.pid !== pid ? true : null
    },
    backMs,
  )
}

async function strikeFrame(world: ChaosWorld, random: Random): Promise<Summary> {
  const tab = await someTab(world, random)
  await world.do({ kind: 'activate', tabId: tab.id })
  await world.visit(tab.id, world.freshUrl(random, 'frames'))
  const framePid = () =>
    world.main.run((nexus, tabId) => {
      const view = nexus.tabs.find(tabId as never)
      const frame = view?.mainFrame.framesInSubtree.find(
        one => one.osProcessId > 0 && one.osProcessId !== view.pid,
      )
      return frame?.osProcessId ?? null
    }, tab.id)
  const pid = await waitFor('process of a frame', framePid, backMs)
  killQuietly(pid, 'SIGKILL')
  await gone(world, pid)
  const answer = await world.main.run(
    (nexus, tabId) => nexus.tabs.find(tabId as never)?.contents.executeJavaScript('6 * 7'),
    tab.id,
  )
  if (answer !== 42) world.violate('a page whose frame was lost does not answer')
  await world.main.run((nexus, tabId) => {
    nexus.browser.send({ type: 'tab.tell', tabId: tabId as never, event: { type: 'reload' } })
  }, tab.id)
  await waitFor('new process of a frame', async () => ((await framePid()) ?? pid) !== pid || null, backMs)
  return world.main.run(summary)
}

async function strikeEngine(world: ChaosWorld, kind: string, mark: string, type: string): Promise<void> {
  const pid = world.browser.processes().find(({ command }) => command.includes(mark))?.pid
  // Drawn without it after it was lost too often.
  if (pid === undefined) return
  const milliseconds = await world.main.run(strikeHelper, { pid, type, withinMs: 10_000 })
  await gone(world, pid)
  if (milliseconds !== null) world.times.add(kind, milliseconds)
}

async function strikeMain(world: ChaosWorld, blow: MainBlow, random: Random): Promise<Summary> {
  if (blow === 'pause') {
    const services = (await world.main.run(known)).filter(({ id }) => id.startsWith('service:'))
    process.kill(world.browser.pid, 'SIGSTOP')
    await pause(2_000)
    process.kill(world.browser.pid, 'SIGCONT')
    const now = await world.main.run(known)
    for (const { id, pid } of services) {
      if (pid !== null && now.find(one => one.id === id)?.pid !== pid)
        world.violate(`${id} was ended because main stood still`)
    }
    return world.main.run(summary)
  }
  await world.written(random)
  await world.takeEntries()
  const states = [await world.main.run(summary)]
  const writes = Math.floor(random() * 12)
  for (let count = 0; count < writes; count += 1) {
    const deed = world.quickAct(states.at(-1) ?? { tabs: [], searchTemplate: '' }, random)
    if (deed !== null) states.push(await world.do(deed))
    if (random() < 0.5) await pause(random() * 30)
  }
  if (random() < 0.3) await world.chooseSearch()
  const struckAt = performance.now()
  if (blow === 'quit') {
    await world.browser.kill('SIGTERM')
    const { end } = world.browser
    if (end?.code !== 0) world.violate(`main ended with ${JSON.stringify(end)} when it was asked to`)
    await world.startAgain(states.slice(-1))
  } else if (blow === 'strikeStart') {
    await world.browser.kill('SIGTERM')
    const [storageMs, windowMs] = [random() * 400, random() * 300]
    await world.startAgain(states.slice(-1), async mainPid => {
      await Promise.all([
        strikeFirst(world, mainPid, 'services/storage.js', storageMs),
        strikeFirst(world, mainPid, '--type=renderer', windowMs),
      ])
    })
  } else {
    await world.browser.kill('SIGKILL')
    if (blow === 'killWhileStarting') {
      await LivingBrowser.killInItsStart(world.profile, random() * 1_500)
    }
    await world.startAgain(states)
  }
  if (blow === 'kill') world.times.add('main, start included', performance.now() - struckAt)
  return world.main.run(summary)
}

/** Kills the first process of a starting browser that is of this kind, so long after it was seen. */
async function strikeFirst(world: ChaosWorld, mainPid: number, mark: string, afterMs: number): Promise<void> {
  const pid = await waitFor(
    `process with ${mark}`,
    () => processesOf(mainPid, world.profile).find(({ command }) => command.includes(mark))?.pid ?? null,
    backMs,
  )
  await pause(afterMs)
  killQuietly(pid, 'SIGKILL')
}

/** Everything that is watched stands still at once; each is noticed, ended and brought back by its own policy. */
async function hang(world: ChaosWorld, random: Random): Promise<Summary> {
  for (const name of ['ai', 'audio'] as const) {
    await world.main.run((nexus, name) => nexus.services.get(name)?.ensureRunning(), name)
    await upOrRestarted(world, `service:${name}`)
  }
  const tab = await someTab(world, random)
  await world.do({ kind: 'activate', tabId: tab.id })
  await world.untilTab(tab.id, ({ pid, isLoading }) => pid !== null && !isLoading)
  const pids = (await world.main.run(known))
    .filter(({ id, pid }) => pid !== null && /^service:(storage|network|ai|audio)$|^chrome$/.test(id))
    .map(({ pid }) => pid ?? 0)
  const page = (await world.tabs()).find(({ id }) => id === tab.id)?.pid ?? 0
  for (const pid of [...pids, page]) killQuietly(pid, 'SIGSTOP')
  for (const pid of pids) await gone(world, pid, noticedMs)
  await waitFor(
    'question about a page that does not answer',
    async () => {
      const content = (await world.tabs()).find(({ id }) => id === tab.id)?.content
      return content?.kind === 'unresponsive' ? true : null
    },
    noticedMs,
  )
  await world.main.run(reloadLost)
  await gone(world, page)
  for (const id of ['service:storage', 'service:network', 'chrome']) await upOrRestarted(world, id)
  return world.main.run(summary)
}

/** Waits until a process has come back; one that was given up is restarted by the person. */
async function upOrRestarted(world: ChaosWorld, id: string, struck: number | null = null): Promise<void> {
  await waitFor(
    `${id} back`,
    async () => {
      const found = (await world.main.run(known)).find(one => one.id === id)
      if (found?.state === 'failed' || (found?.state === 'created' && found.pid === null)) {
        await world.main.run(actOn, { processId: id, action: 'restart' }).catch(() => {})
        return null
      }
      const isBack = found !== undefined && (isUp(found) || found.state === 'suspended')
      return isBack && found.pid !== struck ? true : null
    },
    backMs,
  ).catch(async (error: unknown) => {
    const found = (await world.main.run(known)).find(one => one.id === id)
    throw new Error(`${error instanceof Error ? error.message : error}: ${JSON.stringify(found)}`)
  })
}

function isUp({ state, pid }: { readonly state: string; readonly pid: number | null }): boolean {
  return pid !== null && (state === 'ready' || state === 'active' || state === 'idle')
}

async function gone(world: ChaosWorld, pid: number, withinMs = backMs): Promise<void> {
  await waitFor(`end of process ${pid}`, () => (findProcess(pid) === null ? true : null), withinMs).catch(
    () =>
      world.violate(
        `process ${pid} did not end: ${findProcess(pid)?.state} ${findProcess(pid)?.command.slice(0, 100)}`,
      ),
  )
}

async function someTab(world: ChaosWorld, random: Random) {
  const tabs = await world.tabs()
  const tab = tabs[Math.floor(random() * tabs.length)]
  if (tab === undefined) throw new Error('There is no tab')
  return tab
}

function killQuietly(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return
  try {
    process.kill(pid, signal)
  } catch {
    // It ended on its own meanwhile.
  }
}
