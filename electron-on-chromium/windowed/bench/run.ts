/**
 * How fast the windowed face is, seen from outside: pixels of the screen are watched and keys are pressed
 * through the X server. Prints one line a measurement, medians over rounds; `--json` prints one object.
 *
 *   xvfb-run -a -s '-screen 0 1600x1000x24' node electron-on-chromium/windowed/bench/run.ts [--json] [--rounds=5]
 */
import { parseArgs } from 'node:util'
import { pages } from './pages.ts'
import { processorTimeMs } from './processor-time.ts'
import { ScreenProbe } from './screen-probe.ts'
import { setStage } from './stage.ts'

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
})
const rounds = Number(values.rounds)
const windowAt = { x: 40, y: 30 }
const fullView = { x: 0, y: 0, width: 1280, height: 800 }
const probed = { x: windowAt.x + 12, y: windowAt.y + 12 }

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
const results: Record<string, number> = {}

function report(name: string, measured: readonly number[], unit: string): void {
  const median = quantile(measured, 0.5)
  results[name] = round(median)
  if (measured.length === 0) throw new RangeError(`${name}: nothing was measured`)
  const spread = `min ${round(Math.min(...measured))}, p90 ${round(quantile(measured, 0.9))}, max ${round(Math.max(...measured))}`
  if (!values.json) console.log(`${name}: median ${round(median)} ${unit} (${spread}, n=${measured.length})`)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** Frames a second that reach the screen, and what they cost in percent of one core. */
async function measureFrames(name: 'sparse' | 'box' | 'scroll', seconds: number): Promise<void> {
  await using stage = await setStage()
  await stage.opened
  await stage.addView(pages[name], fullView)
  using probe = await ScreenProbe.open()
  await sleep(1500)
  const rates: number[] = []
  const costs: number[] = []
  for (let count = 0; count < rounds; count++) {
    const costBefore = processorTimeMs([process.pid])
    const start = performance.now()
    let changes = 0
    let last = await probe.pixel(probed.x, probed.y)
    while (performance.now() - start < seconds * 1000) {
      const pixel = await probe.pixel(probed.x, probed.y)
      if (shadeOf(pixel) !== shadeOf(last)) changes++
      last = pixel
      await sleep(2)
    }
    const wallMs = performance.now() - start
    rates.push((changes / wallMs) * 1000)
    costs.push(((processorTimeMs([process.pid]) - costBefore) / wallMs) * 100)
  }
  report(`${name}.framesPerSecond`, rates, 'frames/s on the screen')
  report(`${name}.processorPercent`, costs, '% of one core, everything together')
}

/** Which of eight greys: lossy pictures are off by a few levels. */
function shadeOf(pixel: number): number {
  return (pixel & 0xff) >> 5
}

function isBright(pixel: number): boolean {
  return (pixel & 0xff) > 127
}

/** From the key's press in the X server to the changed pixel on the screen. */
async function measureKeys(): Promise<void> {
  await using stage = await setStage()
  await stage.opened
  const view = await stage.addView(pages.keys, fullView)
  stage.window.focusView(view.viewId)
  using probe = await ScreenProbe.open()
  await sleep(1500)
  probe.click(windowAt.x + 600, windowAt.y + 400)
  await sleep(600)
  const keycode = await probe.keycodeOf('a')
  const times: number[] = []
  for (let count = 0; count < rounds * 10; count++) {
    const before = isBright(await probe.pixel(probed.x, probed.y))
    const start = performance.now()
    probe.key(keycode)
    while (isBright(await probe.pixel(probed.x, probed.y)) === before) {
      if (performance.now() - start > 3000) throw new Error('a key changed nothing on the screen')
      await sleep(1)
    }
    times.push(performance.now() - start)
    await sleep(60 + (count % 7) * 40)
  }
  report('key.milliseconds', times, 'ms from key to pixel')
}

/** What a window costs in which nothing happens. */
async function measureIdle(): Promise<void> {
  await using stage = await setStage()
  await stage.opened
  await stage.addView(pages.still, fullView)
  await sleep(3000)
  const costs: number[] = []
  for (let count = 0; count < rounds; count++) {
    const before = processorTimeMs([process.pid])
    const start = performance.now()
    await sleep(2000)
    costs.push(((processorTimeMs([process.pid]) - before) / (performance.now() - start)) * 100)
  }
  report('idle.processorPercent', costs, '% of one core')
}

async function measureOpening(): Promise<void> {
  const times: number[] = []
  for (let count = 0; count < rounds; count++) {
    const start = performance.now()
    await using stage = await setStage()
    await stage.opened
    times.push(performance.now() - start)
  }
  report('open.milliseconds', times, 'ms from nothing to an empty window')
}

await measureFrames('sparse', 3)
await measureFrames('box', 3)
await measureFrames('scroll', 3)
await measureKeys()
await measureIdle()
await measureOpening()
if (values.json) console.log(JSON.stringify(results))
