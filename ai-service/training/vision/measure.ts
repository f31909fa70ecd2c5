/**
 * Measures the shipped picture model on designs that it has not seen.
 *
 *   node ai-service/training/vision/measure.ts [--designs=<number>] [--pages=<folder of folders of HTML pages>] [--models=<folder>]
 *
 * Prints how often, among all pictures, the nearest to a page is another page of the same site: for made-up sites (drawn
 * with another seed), for imitations of their sign-in pages, and, with `--pages`, for real ones, where each folder is a
 * site. Beside it the same with nothing but the mean colour, and with the raw thumbnail.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ModelManager } from '../../models/manager.ts'
import { PictureEncoder } from '../../vision/picture-encoder.ts'
import { thumbnailHeight, thumbnailWidth } from '../../vision/thumbnail.ts'
import { drawPictures, pictureBytes, picturesPerDesign } from './pictures.ts'
import { startRenderer } from './render.ts'

const { values: options } = parseArgs({
  options: {
    designs: { type: 'string', default: '200' },
    pages: { type: 'string' },
    models: { type: 'string', default: 'assets/models' },
  },
})
await using models = new ModelManager(options.models)
const encoder = new PictureEncoder(models)

interface Shot {
  readonly site: number
  readonly thumbnail: Uint8Array
}

const folder = mkdtempSync(join(tmpdir(), 'nexus-vision-'))
const count = Number(options.designs)
const drawn = await drawPictures(join(folder, 'designs.bin'), count, 77)
const signIns = await drawPictures(join(folder, 'sign-ins.bin'), count, 991, ['signIn'])
rmSync(folder, { recursive: true })
const shotsOf = (pictures: Uint8Array, places: readonly number[]): Shot[] =>
  Array.from({ length: count }, (_, site) =>
    places.map(place => {
      const at = (site * picturesPerDesign + place) * pictureBytes
      return { site, thumbnail: pictures.subarray(at, at + pictureBytes) }
    }),
  ).flat()
await report('made-up sites, two pages of each', shotsOf(drawn, [0, 1]))
await report('sign-in pages and their imitations', shotsOf(signIns, [0, 3]))
if (options.pages !== undefined) await report('real pages', await realPages(options.pages))

async function report(name: string, shots: readonly Shot[]): Promise<void> {
  const looks: Int8Array[] = []
  for (const { thumbnail } of shots) looks.push(await encoder.look(pictureOf(thumbnail)))
  const colours = shots.map(({ thumbnail }) => meanColour(thumbnail))
  const raw = shots.map(({ thumbnail }) => centred(thumbnail))
  console.log(
    `${name} (${shots.length} pictures): nearest is of the same site: model ${nearest(shots, looks).toFixed(3)}, ` +
      `raw thumbnail ${nearest(shots, raw).toFixed(3)}, mean colour ${nearest(shots, colours).toFixed(3)}`,
  )
  for (const least of [0.7, 0.8, 0.9, 0.95]) {
    const { same, other } = above(shots, looks, least)
    console.log(
      `  likeness of ${least} or more: ${same.toFixed(4)} of pairs of one site, ${other.toFixed(5)} of pairs of two sites`,
    )
  }
}

function nearest(shots: readonly Shot[], vectors: readonly ArrayLike<number>[]): number {
  const right = shots.filter(({ site }, index) => {
    let best = -1
    let bestDistance = Number.POSITIVE_INFINITY
    vectors.forEach((vector, other) => {
      const distance = other === index ? Number.POSITIVE_INFINITY : distanceOf(vector, vectors[index] ?? [])
      if (distance < bestDistance) [best, bestDistance] = [other, distance]
    })
    return shots[best]?.site === site
  })
  return right.length / shots.length
}

/** Shares of the pairs of one site, and of those of two sites, that are so much alike. */
function above(
  shots: readonly Shot[],
  looks: readonly Int8Array[],
  least: number,
): { readonly same: number; readonly other: number } {
  const counts = { same: 0, sameAbove: 0, other: 0, otherAbove: 0 }
  shots.forEach(({ site }, left) => {
    for (let right = 0; right < left; right += 1) {
      const likeness = 1 - distanceOf(looks[left] ?? [], looks[right] ?? []) / (2 * 127 * 127)
      const isAbove = likeness >= least ? 1 : 0
      if (shots[right]?.site === site) {
        counts.same += 1
        counts.sameAbove += isAbove
      } else {
        counts.other += 1
        counts.otherAbove += isAbove
      }
    }
  })
  return { same: counts.sameAbove / counts.same, other: counts.otherAbove / counts.other }
}

function distanceOf(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < left.length; index += 1) sum += ((left[index] ?? 0) - (right[index] ?? 0)) ** 2
  return sum
}

function meanColour(thumbnail: Uint8Array): number[] {
  const plane = thumbnail.length / 3
  return [0, 1, 2].map(channel => {
    const values = thumbnail.subarray(channel * plane, (channel + 1) * plane)
    return values.reduce((sum, value) => sum + value, 0) / plane
  })
}

function centred(thumbnail: Uint8Array): Float32Array {
  return Float32Array.from(thumbnail, value => value - 128)
}

function pictureOf(thumbnail: Uint8Array) {
  const plane = thumbnailWidth * thumbnailHeight
  const pixels = new Uint8Array(plane * 4)
  for (let point = 0; point < plane; point += 1) {
    for (const channel of [0, 1, 2]) pixels[point * 4 + channel] = thumbnail[channel * plane + point] ?? 0
  }
  return { width: thumbnailWidth, height: thumbnailHeight, pixels, order: 'rgba' } as const
}

/** Up to eight pages of some size from each folder, spread over it. */
async function realPages(root: string): Promise<Shot[]> {
  await using renderer = await startRenderer()
  const shots: Shot[] = []
  for (const [site, name] of readdirSync(root).sort().entries()) {
    const pages = readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter(path => path.endsWith('.html'))
      .map(path => join(root, name, path))
      .filter(path => statSync(path).size > 6_000)
      .sort()
    if (pages.length < 8) continue
    for (let index = 0; index < 8; index += 1) {
      const url = `file://${pages[Math.floor((index * pages.length) / 8)]}`
      const view = { width: 1_280, height: 800, scrollPx: 0 }
      // Chromium gives no picture of some pages: those are left out.
      const thumbnail = await renderer.thumbnail({ url }, view).catch(() => null)
      if (thumbnail !== null) shots.push({ site, thumbnail })
    }
  }
  return shots
}
