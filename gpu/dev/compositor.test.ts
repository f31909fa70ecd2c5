import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FrameTimes } from '../../contracts/gpu-facts.ts'
import { CompositorUnderTest } from './compositor-under-test.ts'

/** One build and one browser for everything that is tested in a real page. */
let started: CompositorUnderTest | null = null

function compositor(): CompositorUnderTest {
  if (started === null) throw new Error('The compositor has not been started')
  return started
}

beforeAll(async () => {
  vi.stubEnv('NODE_ENV', 'production')
  started = await CompositorUnderTest.start()
  vi.unstubAllEnvs()
}, 60_000)
afterEach(() => {
  expect(compositor().complaints).toEqual([])
})
afterAll(() => started?.[Symbol.asyncDispose]())

/** How far two pictures of one view differ: the mean, and the share of pixels that differ by more than a tenth. */
function difference(one: Buffer, other: Buffer): Promise<{ mean: number; apart: number }> {
  return compositor().page.evaluate(
    async ([first, second]) => {
      const pixels = async (base64: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes]))
        const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
        drawing?.drawImage(bitmap, 0, 0)
        return drawing?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray()
      }
      const [a, b] = await Promise.all([pixels(first ?? ''), pixels(second ?? '')])
      let [sum, apart] = [0, 0]
      for (let at = 0; at < a.length; at += 4) {
        let largest = 0
        for (const part of [0, 1, 2]) {
          const by = Math.abs((a[at + part] ?? 0) - (b[at + part] ?? 255))
          sum += by
          largest = Math.max(largest, by)
        }
        if (largest > 25) apart += 1
      }
      return { mean: sum / (a.length * 0.75) / 255, apart: apart / (a.length / 4) }
    },
    [one.toString('base64'), other.toString('base64')],
  )
}

describe('the two ways of drawing', () => {
  it.each(['light', 'dark'] as const)('show the same overview, %s', async theme => {
    const pictures: Buffer[] = []
    for (const graphics of ['webgl2', 'software'] as const) {
      await compositor().open('design', { graphics, theme })
      const { path } = await compositor().page.evaluate(() => window.workbench.client.facts({}))
      expect(path).toBe(graphics)
      pictures.push(await compositor().page.screenshot())
    }
    const [gl, software] = pictures
    if (gl === undefined || software === undefined) throw new Error('no pictures')
    const { mean, apart } = await difference(gl, software)
    // Pictures are made smaller by other filters, edges are rounded by other arithmetic; nothing else may differ.
    expect(mean).toBeLessThan(0.002)
    expect(apart).toBeLessThan(0.003)
  })

  it('show the same map', async () => {
    const pictures: Buffer[] = []
    for (const graphics of ['webgl2', 'software'] as const) {
      await compositor().load({ graphics })
      await compositor().page.evaluate(() => window.workbench.showMap(300))
      await compositor().settled()
      pictures.push(await compositor().page.screenshot())
    }
    const [gl, software] = pictures
    if (gl === undefined || software === undefined) throw new Error('no pictures')
    const { mean, apart } = await difference(gl, software)
    expect(mean).toBeLessThan(0.002)
    expect(apart).toBeLessThan(0.005)
  })

  it('are told apart by that test', async () => {
    await compositor().open('design')
    const before = await compositor().page.screenshot()
    await compositor().page.keyboard.press('ArrowRight')
    await compositor().settled()
    const { apart } = await difference(before, await compositor().page.screenshot())
    expect(apart).toBeGreaterThan(0.003)
  })
})

describe('the graphics context', () => {
  it('is made again when it is lost, and its pictures are asked for again', async () => {
    await compositor().open(12)
    const lose = () =>
      compositor().page.evaluate(() => {
        const gl = document.querySelector('canvas')?.getContext('webgl2')
        gl?.getExtension('WEBGL_lose_context')?.loseContext()
        return new Promise(done => setTimeout(done, 50))
      })
    const whole = await compositor().page.screenshot()
    await lose()
    await expect.poll(() => compositor().events('contextLost')).toEqual([{ losses: 1, isSoftware: false }])
    await expect
      .poll(async () => (await difference(whole, await compositor().page.screenshot())).apart, {
        timeout: 10_000,
      })
      .toBeLessThan(0.001)
    await lose()
    await lose()
    await expect
      .poll(() => compositor().events('contextLost'))
      .toEqual([
        { losses: 1, isSoftware: false },
        { losses: 2, isSoftware: false },
        { losses: 3, isSoftware: true },
      ])
    await expect
      .poll(async () => (await difference(whole, await compositor().page.screenshot())).apart, {
        timeout: 10_000,
      })
      .toBeLessThan(0.003)
    const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
    expect([facts.path, facts.softwareReason, facts.contextLosses]).toEqual(['software', 'lostTooOften', 3])
  })

  it('says where a shader is broken, and compiles one only once', async () => {
    await compositor().load()
    const compile = (source: string) =>
      compositor().page.evaluate(
        text => window.workbench.client.compileShader({ kind: 'fragment', source: text }),
        source,
      )
    const good = '#version 300 es\nprecision highp float;\nout vec4 c;\nvoid main() { c = vec4(1.0); }\n'
    expect(await compile(good)).toMatchObject({ kind: 'compiled', isCached: false })
    expect(await compile(good)).toMatchObject({ kind: 'compiled', isCached: true })
    const broken = await compile(good.replace('vec4(1.0)', 'colour'))
    expect(broken.kind === 'broken' && broken.errors[0]).toEqual({
      line: 4,
      message: expect.stringContaining("'colour'"),
    })
  })

  it('knows what it draws with', async () => {
    await compositor().open(3)
    const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
    expect(facts).toMatchObject({
      path: 'webgl2',
      softwareReason: null,
      adapter: { renderer: expect.stringMatching(/./), version: expect.stringContaining('WebGL 2.0') },
      hasVideoDecoder: true,
      contexts: [{ id: 'tabs', textures: 3, evictions: 0 }],
      uploads: { count: 3 },
      lastOpening: { surface: 'overview', items: 3, path: 'webgl2' },
    })
    expect(facts.shaders.map(({ name }) => name)).toContain('quads')
    expect(facts.limits.find(({ name }) => name === 'MAX_TEXTURE_SIZE')?.value).toBeGreaterThan(2_000)
  })

  it('draws plainly where WebGL2 has no graphics processor behind it, and says why', async () => {
    await compositor().open(3, { graphics: 'automatic' })
    const facts = await compositor().page.evaluate(() => window.workbench.client.facts({}))
    const isSoftwareRenderer = /SwiftShader|llvmpipe|Basic Render/.test(facts.adapter?.renderer ?? '')
    expect([facts.path, facts.softwareReason]).toEqual(
      isSoftwareRenderer ? ['software', 'slowWebGl2'] : ['webgl2', null],
    )
  })
})

describe('textures', () => {
  it.each(['webgl2', 'software'] as const)(
    'make room for one another, and are asked for when they are seen again, %s',
    async graphics => {
      await compositor().open(3, { graphics })
      const left = await compositor().page.evaluate(async () => {
        const { client } = window.workbench
        await client.createContext({ contextId: 'small', budgetBytes: 100_000 })
        const refused = await client
          .createContext({ contextId: 'small', budgetBytes: 1 })
          .catch(error => error.code)
        const tooMuch = await client
          .createContext({ contextId: 'x', budgetBytes: 2 ** 40 })
          .catch(error => error.code)
        await client.destroyContext({ contextId: 'small' })
        const unknown = await client.destroyContext({ contextId: 'small' }).catch(error => error.code)
        return [refused, tooMuch, unknown]
      })
      expect(left).toEqual(['CONTEXT_EXISTS', 'NO_MEMORY_LEFT', 'UNKNOWN_CONTEXT'])
    },
  )

  it('of a tab can be had smaller, and not when there is none', async () => {
    for (const graphics of ['webgl2', 'software'] as const) {
      await compositor().open(2, { graphics })
      const [picture, none] = await compositor().page.evaluate(async () => {
        const { client } = window.workbench
        const made = await client.thumbnail({ tabId: 'tab-0', width: 240 })
        const bitmap = await createImageBitmap(
          new Blob([new Uint8Array(made.bytes)], { type: made.mediaType }),
        )
        const drawing = new OffscreenCanvas(240, 135).getContext('2d')
        drawing?.drawImage(bitmap, 0, 0)
        const [red = 0, green = 0, blue = 0] = drawing?.getImageData(50, 27, 1, 1).data ?? []
        const missing = await client.thumbnail({ tabId: 'nobody', width: 240 }).catch(error => error.code)
        return [{ width: bitmap.width, height: bitmap.height, red, green, blue }, missing] as const
      })
      expect(none).toBe('NO_PICTURE')
      expect([picture.width, picture.height]).toEqual([240, 135])
      // the dark blue bar that the sample page has there, upright
      expect([picture.red < 60, picture.green > 70 && picture.green < 120, picture.blue > 100]).toEqual([
        true,
        true,
        true,
      ])
    }
  })

  it('refuses what is no picture', async () => {
    await compositor().load()
    const codes = await compositor().page.evaluate(async () => {
      const { client } = window.workbench
      const bad = { tabId: 'a', width: 4, height: 4, bytes: new Uint8Array(10) }
      return Promise.all(
        (['jpeg', 'png', 'rgba', 'bgra'] as const).map(format =>
          client.putFrame({ ...bad, format }).catch(error => error.code),
        ),
      )
    })
    expect(codes).toEqual(['BAD_FRAME', 'BAD_FRAME', 'BAD_FRAME', 'BAD_FRAME'])
  })

  it.each(['webgl2', 'software'] as const)('take the frames of a video, %s', async graphics => {
    await compositor().load({ graphics })
    const played = await compositor().page.evaluate(async () => {
      const { client, makeClip } = window.workbench
      const { codec, chunks } = await makeClip(30)
      const target = { contextId: 'tabs', textureId: 'clip', width: 128, height: 96 }
      const result = await client.playVideo({ ...target, codec }, { input: chunks })
      const made = await client.thumbnail({ tabId: 'clip', width: 128 })
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(made.bytes)], { type: made.mediaType }))
      const drawing = new OffscreenCanvas(128, 96).getContext('2d')
      drawing?.drawImage(bitmap, 0, 0)
      const [red = 0, green = 0] = drawing?.getImageData(64, 48, 1, 1).data ?? []
      const codeOf = (error: { code: string }): string => error.code
      const unknown = await client
        .playVideo({ ...target, codec: 'none' }, { input: chunks })
        .then(() => '', codeOf)
      const rubbish = [{ isKey: true, timestampMicros: 0, bytes: new Uint8Array(50) }]
      const bad = await client.playVideo({ ...target, codec }, { input: rubbish }).then(() => '', codeOf)
      return { result, red, green, unknown, bad }
    })
    expect(played).toMatchObject({
      result: { frames: 30, width: 128, height: 96 },
      unknown: 'NO_DECODER',
      bad: 'BAD_VIDEO',
    })
    // the last frame is green
    expect([played.green > 120, played.red < 60]).toEqual([true, true])
  })
})

describe('the overview', () => {
  const option = (name: string | RegExp) => compositor().page.getByRole('option', { name })

  it('is a list box for each group, with the tab in view chosen', async () => {
    await compositor().open('design')
    const { page } = compositor()
    expect(await page.getByRole('listbox').evaluateAll(lists => lists.map(list => list.ariaLabel))).toEqual([
      'Sea project',
      'Kitchen',
      'No group',
    ])
    expect(await option(/Listening to the tide, in view/).getAttribute('aria-selected')).toBe('true')
    expect(await compositor().focused()).toMatch(/^Listening to the tide/)
    expect(await page.getByRole('option').count()).toBe(11)
  })

  it('is moved through with arrows, and opens, closes and leaves by key', async () => {
    await compositor().open('design')
    const { keyboard } = compositor().page
    for (const key of ['ArrowRight', 'ArrowDown', 'End', 'ArrowUp', 'Home', 'ArrowRight'])
      await keyboard.press(key)
    expect(await compositor().focused()).toMatch(/^Station map/)
    await keyboard.press('Enter')
    await keyboard.press('Delete')
    await keyboard.press('Escape')
    await expect.poll(() => compositor().events('dismissed')).toEqual([{}])
    expect(await compositor().events('tabChosen')).toEqual([{ tabId: 'map' }])
    expect(await compositor().events('closeAsked')).toEqual([{ tabId: 'map' }])
  })

  it('is searched from the key on, also by what main finds', async () => {
    await compositor().open('design')
    const { page } = compositor()
    await page.keyboard.press('/')
    await page.keyboard.type('harbour')
    expect(await page.getByRole('option').count()).toBe(2)
    await expect
      .poll(() => compositor().events('queryChanged'))
      .toContainEqual({ surface: 'overview', query: 'harbour' })
    await page.evaluate(() =>
      window.workbench.client.setMatches({ surface: 'overview', query: 'harbour', ids: ['bread'] }),
    )
    expect(await page.getByRole('option').count()).toBe(3)
    await page.keyboard.press('Enter')
    await expect.poll(() => compositor().events('tabChosen')).toEqual([{ tabId: 'tide' }])
    await page.keyboard.type(' zzz')
    await page.getByText('No tab matches').waitFor()
    await page.keyboard.press('Escape')
    expect(await page.getByRole('option').count()).toBe(11)
    expect(await compositor().events('dismissed')).toEqual([])
  })

  it('is ordered by last use and by cost', async () => {
    await compositor().open('design')
    await compositor().page.getByRole('radio', { name: 'Cost' }).check({ force: true })
    const first = await compositor().page.getByRole('option').first().getAttribute('aria-label')
    expect(first).toMatch(/^Station map/)
  })

  it('is pressed: cards, the button that closes one, that sleeps a group, that restarts a page', async () => {
    await compositor().open('design', { width: 1_376, height: 760 })
    const { page } = compositor()
    await option(/^Mail/).hover()
    await page.locator('.closer').click()
    await option(/^Harbour datum/).click({ button: 'middle' })
    await page.getByRole('button', { name: 'Sleep group Kitchen' }).click()
    await page.getByRole('button', { name: 'Restart Video lab' }).click()
    await page.getByRole('button', { name: 'Group by topic' }).click()
    await option(/^Bread/).click()
    await expect.poll(() => compositor().events('tabChosen')).toEqual([{ tabId: 'bread' }])
    expect(await compositor().events('closeAsked')).toEqual([{ tabId: 'mail' }, { tabId: 'datum' }])
    expect(await compositor().events('sleepGroupAsked')).toEqual([{ group: 'Kitchen' }])
    expect(await compositor().events('restartAsked')).toEqual([{ tabId: 'video' }])
    expect(await compositor().events('groupByTopicAsked')).toEqual([{}])
  })

  it('gives the keyboard to the neighbour of a card that goes', async () => {
    await compositor().open(12)
    const { page } = compositor()
    const before = await compositor().focused()
    await page.keyboard.press('ArrowRight')
    const next = await compositor().focused()
    await page.keyboard.press('ArrowLeft')
    expect(await compositor().focused()).toBe(before)
    await page.evaluate(async () => {
      const { client, tabs } = window.workbench
      await client.setTabs({ ...tabs, tabs: tabs.tabs.filter(tab => tab.id !== tabs.activeTabId) })
    })
    expect(await compositor().focused()).toBe(next)
  })

  it.each(['light', 'dark'] as const)('can be used with a reader, %s', async theme => {
    await compositor().open('design', { theme, width: 1_376, height: 760 })
    const { violations } = await new AxeBuilder({ page: compositor().page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([])
  })

  it('draws nothing while nothing changes or while it is closed', async () => {
    await compositor().open(12)
    const framesAsked = () =>
      compositor().page.evaluate(async () => {
        let asked = 0
        const original = window.requestAnimationFrame
        window.requestAnimationFrame = action => {
          asked += 1
          return original.call(window, action)
        }
        await new Promise(done => setTimeout(done, 300))
        window.requestAnimationFrame = original
        return asked
      })
    await expect.poll(framesAsked).toBe(0)
    await compositor().page.evaluate(() => window.workbench.client.close({}))
    expect(await compositor().page.getByRole('option').count()).toBe(0)
    expect(await framesAsked()).toBe(0)
  })

  it('says how its opening went', async () => {
    await compositor().open(12)
    const [times] = (await compositor().events('frameTimes')) as FrameTimes[]
    expect(times).toMatchObject({ surface: 'overview', phase: 'opening', items: 12 })
  })
})

describe('the map', () => {
  it('is moved through, zoomed, searched and opened by key', async () => {
    await compositor().load()
    const { page } = compositor()
    await page.evaluate(() => window.workbench.showMap(40))
    await page.getByRole('listbox', { name: 'Pages by meaning' }).waitFor()
    const first = await compositor().focused()
    expect(first).toMatch(/page \d+/)
    await page.keyboard.press('ArrowLeft')
    expect(await compositor().focused()).not.toBe(first)
    await page.keyboard.press('+')
    await page.keyboard.press('0')
    await page.keyboard.press('Enter')
    await expect.poll(() => compositor().events('pointChosen')).toHaveLength(1)
    await page.keyboard.press('/')
    await page.keyboard.type('Baking: page 2')
    await page.keyboard.press('Enter')
    await expect.poll(() => compositor().events('pointChosen')).toHaveLength(2)
    await page.getByRole('button', { name: 'Nearer' }).click()
    await page.getByRole('radio', { name: 'Tabs' }).check({ force: true })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it('says so when there is nothing to show', async () => {
    await compositor().load()
    await compositor().page.evaluate(() => window.workbench.showMap(0))
    await compositor().page.getByText('No page has been read yet').waitFor()
  })
})
