import { setImmediate as nextTask } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { compositorContract, type Frame } from '../../contracts/compositor.ts'
import type { OverviewTabs } from '../../contracts/overview-scene.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { Compositor } from './compositor.ts'

const frame = (tabId: string): Frame => ({
  tabId,
  format: 'png',
  width: 4,
  height: 3,
  bytes: new Uint8Array(8),
})
const tabs: OverviewTabs = {
  tabs: [
    {
      id: 'a',
      title: 'A',
      site: null,
      url: '',
      group: null,
      iconDataUrl: null,
      state: 'open',
      sound: 'none',
      isPrivate: false,
      cpuPercent: null,
      memoryBytes: null,
      memoryLimitBytes: null,
      lastUsedAt: 0,
    },
  ],
  groups: [],
  activeTabId: 'a',
}
const never = (): never => {
  throw new IpcError('HANDLER_ERROR', 'Not asked here.')
}

/** Main's side with a page that is made up: it notes what it is told. */
function start() {
  const clock = new SimulatedClock()
  const controller = createEndpoint({ identity: identity('controller', 'controller') })
  const told: string[] = []
  const shown: boolean[] = []
  const notices: string[] = []
  let page = createEndpoint({ identity: identity('compositor', 'compositor') })
  const compositor = new Compositor({
    endpoint: controller,
    log: () => {},
    clock,
    notify: ({ message }) => void notices.push(message),
    engine: () => ({ pid: 5, losses: 0, features: [] }),
    makeStage: () => ({
      pid: 100,
      load: () => {},
      end: () => {},
      show: isShown => void shown.push(isShown),
      float: area => void told.push(area === null ? 'float off' : `float ${area.x}`),
      [Symbol.dispose]: () => {},
    }),
  })
  /** The page says hello: a process has come up. */
  async function comesUp(): Promise<void> {
    page = createEndpoint({ identity: identity('compositor', 'compositor') })
    const note = (what: string) => {
      told.push(what)
      return {}
    }
    page.serve(compositorContract, {
      ping: () => ({}),
      setAppearance: ({ graphics }) => note(`appearance ${graphics}`),
      setTabs: told => note(`tabs ${told.tabs.length}`),
      putFrame: ({ tabId }) => note(`frame ${tabId}`),
      forgetFrame: ({ tabId }) => note(`forget ${tabId}`),
      open: ({ surface, query }) => note(`open ${surface} ${query}`),
      close: () => note('close'),
      setPreview: ({ tab }) => note(`preview ${tab?.id ?? 'none'}`),
      setMatches: ({ query }) => note(`matches ${query}`),
      setMap: () => note('map'),
      thumbnail: never,
      facts: never,
      createContext: never,
      destroyContext: never,
      compileShader: never,
      playVideo: never,
    })
    const [near, far] = createMemoryChannel()
    controller.connect(near, page.identity)
    page.connect(far, controller.identity)
    compositor.process.connected()
    await settle()
  }
  async function dies(): Promise<void> {
    page[Symbol.dispose]()
    await settle()
    compositor.process.gone({ reason: 'killed', exitCode: 9 })
  }
  return { compositor, clock, told, shown, notices, comesUp, dies, page: () => page }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await nextTask()
}

test('begins with the first picture, and tells what is open when it is up', async () => {
  const { compositor, told, shown, comesUp } = start()
  expect(compositor.process.facts().state).toBe('created')
  compositor.setTabs(tabs)
  void compositor.open('overview')
  await comesUp()
  expect(told).toEqual(['appearance automatic', 'tabs 1', 'open overview '])
  expect(shown).toEqual([true])
  await compositor.close()
  expect([compositor.surface, shown.at(-1), told.at(-1)]).toEqual([null, false, 'close'])
})

test('a process that comes back is told all of it again, and gives the pictures that it wants', async () => {
  const { compositor, clock, told, notices, comesUp, dies, page } = start()
  compositor.setTabs(tabs)
  compositor.putFrame(frame('a'))
  void compositor.open('overview')
  await comesUp()
  await dies()
  expect(notices).toEqual(['The graphics helper stopped and is being restarted. Pages were not affected.'])
  told.length = 0
  clock.advance(250)
  await comesUp()
  const missing: string[] = []
  compositor.onFramesMissing(tabIds => void missing.push(...tabIds))
  page().announce(compositorContract, 'framesWanted', { tabIds: ['a', 'b'] })
  await settle()
  expect(told).toEqual(['appearance automatic', 'tabs 1', 'open overview ', 'frame a'])
  expect(missing).toEqual(['b'])
})

test('ended three times it draws plainly, and the person is told', async () => {
  const { compositor, clock, told, notices, comesUp, dies } = start()
  void compositor.open('overview')
  for (const delayMs of [250, 500, 1_000]) {
    await comesUp()
    await dies()
    clock.advance(delayMs)
  }
  told.length = 0
  await comesUp()
  expect(told[0]).toBe('appearance softwareAfterFaults')
  expect(notices.at(-1)).toMatch(/stopped three times/)
  compositor.follow({ theme: 'dark', softwareGraphics: true })
  await settle()
  expect(told.at(-1)).toBe('appearance software')
})

test('is not started again by pictures once it was given up, but by a person who opens it', async () => {
  const { compositor, clock, dies } = start()
  compositor.putFrame(frame('a'))
  for (let round = 0; round < 10; round += 1) {
    await dies()
    clock.advance(10_000)
  }
  expect(compositor.process.facts().state).toBe('failed')
  compositor.putFrame(frame('b'))
  expect(compositor.process.facts().state).toBe('failed')
  void compositor.open('overview')
  expect(compositor.process.facts().state).toBe('created')
})

test('draws plainly when the engine lost its graphics too often, and says so once', async () => {
  const { compositor, told, notices, comesUp } = start()
  compositor.graphicsLost()
  compositor.graphicsLost()
  expect(notices).toEqual([expect.stringMatching(/^The engine's graphics process stopped three times/)])
  void compositor.open('overview')
  await comesUp()
  expect(told[0]).toBe('appearance softwareAfterFaults')
  compositor.follow({ theme: 'system', softwareGraphics: false })
  await settle()
  expect(told).not.toContain('appearance automatic')
})

test('what a person searched for is there again with the process', async () => {
  const { compositor, clock, told, comesUp, dies, page } = start()
  void compositor.open('overview')
  await comesUp()
  page().announce(compositorContract, 'queryChanged', { surface: 'overview', query: 'tide' })
  await settle()
  await dies()
  clock.advance(250)
  await comesUp()
  expect(told.at(-1)).toBe('open overview tide')
})

test('pictures of tabs that were closed are forgotten on both sides', async () => {
  const { compositor, told, comesUp } = start()
  compositor.putFrame(frame('a'))
  compositor.putFrame(frame('gone'))
  await comesUp()
  compositor.setTabs(tabs)
  await settle()
  expect([compositor.hasFrame('a'), compositor.hasFrame('gone'), told.at(-1)]).toEqual([
    true,
    false,
    'forget gone',
  ])
})

test('a tab is shown in small where it was asked for, and not over an open surface', async () => {
  const { compositor, told, comesUp } = start()
  const tab = { id: 'a', title: 'A', detail: 'a.example' }
  const area = { x: 40, y: 80, width: 288, height: 232 }
  compositor.putFrame(frame('a'))
  await comesUp()
  await compositor.preview(tab, area)
  expect(told.slice(-2)).toEqual(['preview a', 'float 40'])
  await compositor.preview(null, null)
  expect(told.at(-1)).toBe('float off')
  void compositor.open('overview')
  await settle()
  told.length = 0
  await compositor.preview(tab, area)
  expect(told).toEqual([])
})
