import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ScreenProbe } from './bench/screen-probe.ts'
import { type Stage, setStage } from './bench/stage.ts'
import { screenOfDisplay } from './x11/screen.ts'

const xServer = '/usr/bin/Xvfb'
const programs = [xServer, process.env.STANDIN_CHROMIUM ?? '/usr/lib/chromium/chromium']
const missing = programs.filter(program => !existsSync(program))
if (missing.length > 0)
  console.warn(
    `Nothing is tried on a screen: ${missing.join(' and ')} not installed (packages xvfb, chromium)`,
  )

const red = 0xff0000
const green = 0x00ff00
const blue = 0x0000ff
const patienceMs = 15_000

/** A real window on a screen of its own, seen and touched through the X server only. */
describe.skipIf(missing.length > 0)('a window on the screen', () => {
  let server: ChildProcess
  let stage: Stage
  let probe: ScreenProbe
  const displayBefore = process.env.DISPLAY

  beforeAll(async () => {
    const display = Promise.withResolvers<string>()
    server = spawn(xServer, ['-displayfd', '3', '-screen', '0', '1000x800x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    server.stdio[3]?.on('data', (text: Buffer) => display.resolve(`:${text.toString().trim()}`))
    server.once('exit', () => display.reject(new Error('Xvfb did not start')))
    process.env.DISPLAY = await display.promise
    stage = await setStage({ bounds: { x: 50, y: 40, width: 800, height: 600 } })
    await stage.opened
    probe = await ScreenProbe.open()
  }, 60_000)

  afterAll(async () => {
    probe?.[Symbol.dispose]()
    await stage?.[Symbol.asyncDispose]()
    server?.kill()
    if (displayBefore === undefined) delete process.env.DISPLAY
    else process.env.DISPLAY = displayBefore
  }, 30_000)

  /** Lossy pictures are off by a few levels. */
  const isNear = (a: number, b: number): boolean =>
    [16, 8, 0].every(shift => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) < 24)

  async function sees(x: number, y: number, color: number): Promise<boolean> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      if (isNear(await probe.pixel(50 + x, 40 + y), color)) return true
      if (Date.now() > deadline) return false
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }

  it('shows views in their order, follows changes, and forwards the mouse and the keyboard', async () => {
    const back = await stage.addView(
      `<body style="margin:0;background:#f00"><script>
        addEventListener('mousedown', event => { document.body.style.background = event.clientX === 300 ? '#00f' : '#000' })
        addEventListener('keydown', event => { if (event.key === 'k') document.body.style.background = '#0f0' })
      </script>`,
      { x: 0, y: 0, width: 800, height: 600 },
    )
    const front = await stage.addView('<body style="margin:0;background:#0f0">', {
      x: 100,
      y: 100,
      width: 200,
      height: 200,
    })
    expect(await sees(400, 50, red), 'the view behind').toBe(true)
    expect(await sees(200, 200, green), 'the view in front').toBe(true)

    stage.change(front, { isVisible: false })
    expect(await sees(200, 200, red), 'what was hidden').toBe(true)

    probe.click(50 + 300, 40 + 300)
    expect(await sees(400, 50, blue), 'the click').toBe(true)

    const swallowed: string[] = []
    using _asked = stage.window.on('keyInput', (viewId, input) => {
      if (input.type === 'keyDown') swallowed.push(`${viewId}:${input.key}`)
      return input.key === 'j'
    })
    probe.key(await probe.keycodeOf('j'))
    probe.key(await probe.keycodeOf('k'))
    expect(await sees(400, 50, green), 'the key').toBe(true)
    expect(swallowed).toEqual([`${back.viewId}:j`, `${back.viewId}:k`])
  }, 60_000)

  it('is on a screen whose size is known', async () => {
    expect(await screenOfDisplay(process.env)).toEqual({ width: 1000, height: 800 })
  })

  it('takes new bounds and reports them', async () => {
    const reported = new Promise<unknown>(resolve => {
      stage.window.on('bounds', bounds => {
        if (bounds.width === 500) resolve(bounds)
      })
    })
    stage.window.setBounds({ x: 60, y: 70, width: 500, height: 300 })
    expect(await reported).toEqual({ x: 60, y: 70, width: 500, height: 300 })
  }, 30_000)
})
