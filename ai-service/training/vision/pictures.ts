import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { below, type Random, seededRandom } from '../../random.ts'
import { thumbnailHeight, thumbnailWidth } from '../../vision/thumbnail.ts'
import { type Design, type DesignKind, designKinds, drawDesign } from './design.ts'
import { drawPage } from './layouts.ts'
import { startRenderer, type View } from './render.ts'

export const pictureBytes = thumbnailWidth * thumbnailHeight * 3
/** Pictures of each design: pages of one site, seen in windows of several sizes. */
export const picturesPerDesign = 4

/**
 * Draws `count` designs of these kinds and keeps their pictures in `file`, design after design. What is there already is
 * not drawn again, so that a run that was ended goes on.
 */
export async function drawPictures(
  file: string,
  count: number,
  seed: number,
  kinds: readonly DesignKind[] = designKinds,
): Promise<Uint8Array> {
  mkdirSync(dirname(file), { recursive: true })
  const there = existsSync(file) ? Math.floor(statSync(file).size / (pictureBytes * picturesPerDesign)) : 0
  if (there < count) {
    await using renderer = await startRenderer()
    const output = openSync(file, there === 0 ? 'w' : 'r+')
    for (let index = there; index < count; index += 1) {
      // A seed for each design: it is the same one whether or not those before it were drawn in this run.
      const random = seededRandom(seed + index * 7_919)
      const design = drawDesign(random, kinds[index % kinds.length] ?? 'article')
      for (let picture = 0; picture < picturesPerDesign; picture += 1) {
        const page = { html: drawPage(picture === 3 ? imitate(design, random) : design, random) }
        const thumbnail = await renderer.thumbnail(page, drawView(random))
        writeSync(output, thumbnail, 0, pictureBytes, (index * picturesPerDesign + picture) * pictureBytes)
      }
      if (index % 50 === 49) console.log(`${index + 1} of ${count} designs drawn`)
    }
    closeSync(output)
  }
  return readFileSync(file).subarray(0, count * picturesPerDesign * pictureBytes)
}

/** As somebody else builds it again by eye: much the same, and nothing exactly. */
export function imitate(design: Design, random: Random): Design {
  const near = (value: number, share: number): number =>
    Math.round(value * (1 - share + random() * share * 2))
  return {
    ...design,
    textPx: near(design.textPx, 0.08),
    headPx: near(design.headPx, 0.15),
    widthPx: near(design.widthPx, 0.08),
    sidePx: near(design.sidePx, 0.1),
    bannerPx: near(design.bannerPx, 0.15),
    logo: { ...design.logo, px: near(design.logo.px, 0.15) },
    radiusPx: design.radiusPx + below(random, 3),
  }
}

export function drawView(random: Random): View {
  return { width: 1_000 + below(random, 560), height: 800 + below(random, 160), scrollPx: 0 }
}
