import { parseArgs } from 'node:util'
import type { FrameTimes } from '../../../contracts/gpu-facts.ts'
import { CompositorUnderTest } from '../../../gpu/dev/compositor-under-test.ts'
import { machine, median } from '../result.ts'
import { measurePeer } from './peer-grid.ts'
import { type GpuResult, percentile, print, result } from './results.ts'

/** `npm run bench:gpu [-- --json] [--quick]`: the overview with sixty tabs, both ways of drawing, beside plain elements. */
const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
})
const tabs = 60
const rounds = options.quick ? 2 : 8
const view = { width: 1_376, height: 760 }

await using compositor = await CompositorUnderTest.start(true)
const results: GpuResult[] = []
let renderer = ''
const peer = await withPeer()
for (const graphics of ['webgl2', 'software'] as const) results.push(...(await measure(graphics)))
results.push(...(await shaders()))
print(results, renderer, machine(), options.json)

async function withPeer() {
  await compositor.open(tabs, { graphics: 'software', ...view })
  const { opening, scrolling } = await measurePeer(compositor.page, rounds)
  return { opening: opening.gaps, scrolling: scrolling.gaps }
}

async function measure(graphics: 'webgl2' | 'software'): Promise<GpuResult[]> {
  await compositor.open(tabs, { graphics, ...view })
  const { page } = compositor
  await page.evaluate(async times => {
    const { client } = window.workbench
    for (let round = 0; round < times; round += 1) {
      await client.close({})
      await client.open({ surface: 'overview', query: '' })
    }
  }, rounds)
  // The first opening compiles and fills caches; it is told apart.
  const [first, ...openings] = ((await compositor.events('frameTimes')) as FrameTimes[]).filter(
    ({ phase }) => phase === 'opening',
  )
  const scrolling = await page.evaluate(async steps => {
    const scroller = document.querySelector('.scroller')
    const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve))
    const gaps: number[] = []
    let last = await nextFrame()
    for (let step = 0; step < steps; step += 1) {
      if (scroller !== null) scroller.scrollTop = (step * 40) % 1_600
      const now = await nextFrame()
      gaps.push(now - last)
      last = now
    }
    return gaps
  }, rounds * 15)
  const facts = await page.evaluate(() => window.workbench.client.facts({}))
  renderer = facts.adapter?.renderer ?? renderer
  const way = graphics === 'webgl2' ? 'WebGL2' : 'plain canvas'
  const fps = median(openings.map(({ framesPerSecond }) => framesPerSecond))
  const peerFps = 1_000 / mean(peer.opening)
  return [
    result(`${way}: opening, frames`, 'a second', fps, peerFps, 60),
    result(
      `${way}: opening, between frames, p50`,
      'ms',
      median(openings.map(one => one.p50Ms)),
      percentile(peer.opening, 0.5),
    ),
    result(
      `${way}: opening, between frames, p95`,
      'ms',
      median(openings.map(one => one.p95Ms)),
      percentile(peer.opening, 0.95),
    ),
    result(`${way}: first opening, frames`, 'a second', first?.framesPerSecond ?? Number.NaN, null),
    result(
      `${way}: scrolling, between frames, p50`,
      'ms',
      percentile(scrolling, 0.5),
      percentile(peer.scrolling, 0.5),
    ),
    result(
      `${way}: scrolling, between frames, p95`,
      'ms',
      percentile(scrolling, 0.95),
      percentile(peer.scrolling, 0.95),
    ),
    result(`${way}: memory of pictures and labels`, 'MB', facts.memoryBytes / 2 ** 20, null),
    ...(graphics === 'webgl2'
      ? [
          result('WebGL2: upload of a picture of 480 × 270, median', 'ms', facts.uploads.medianMs, null),
          result('WebGL2: upload of a picture of 480 × 270, p95', 'ms', facts.uploads.p95Ms, null),
          result(
            'WebGL2: program of all quads, compiled',
            'ms',
            facts.shaders.find(({ name }) => name === 'quads')?.compileMs ?? Number.NaN,
            null,
          ),
        ]
      : []),
  ]
}

async function shaders(): Promise<GpuResult[]> {
  await compositor.load({ graphics: 'webgl2' })
  const [cold, cached] = await compositor.page.evaluate(async times => {
    const spent: [number[], number[]] = [[], []]
    for (let round = 0; round < times; round += 1) {
      const source = `#version 300 es\nprecision highp float;\nout vec4 c;\nvoid main() { c = vec4(${round}.0); }\n`
      for (const list of spent) {
        const startedAt = performance.now()
        await window.workbench.client.compileShader({ kind: 'fragment', source })
        list.push(performance.now() - startedAt)
      }
    }
    return spent
  }, rounds * 3)
  return [
    result('shader asked for the first time, with its message', 'ms', median(cold), null),
    result('shader asked for again, with its message', 'ms', median(cached), null),
  ]
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length
}
