/** Every picture is looked at in this size: enough for layout and colour, too little to read. */
export const thumbnailWidth = 64
export const thumbnailHeight = 40

/** Pixels row by row, four bytes each. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
  /** The order of the bytes of a pixel: Electron's bitmaps have blue first, a canvas red. */
  readonly order: 'rgba' | 'bgra'
}

/** The largest picture that is taken; a screenshot is made smaller before it is sent. */
export const maxPictureSide = 4_096

/**
 * The upper part of a picture in the proportions of a thumbnail, averaged over the area of each of its points: red, green
 * and blue of all points one after the other (planes, as the model takes them), 0 to 255. Throws RangeError when the
 * bytes do not fit the size that is given.
 */
export function thumbnailOf({ width, height, pixels, order }: Picture): Uint8Array {
  const isSize = (side: number): boolean => Number.isInteger(side) && side >= 1 && side <= maxPictureSide
  if (!isSize(width) || !isSize(height) || pixels.length !== width * height * 4) {
    throw new RangeError(`A picture of ${width} by ${height} cannot have ${pixels.length} bytes`)
  }
  const usedHeight = Math.min(height, Math.max(1, Math.round((width * thumbnailHeight) / thumbnailWidth)))
  const [redAt, blueAt] = order === 'rgba' ? [0, 2] : [2, 0]
  const plane = thumbnailWidth * thumbnailHeight
  const thumbnail = new Uint8Array(plane * 3)
  for (let row = 0; row < thumbnailHeight; row += 1) {
    const [top, bottom] = spanOf(row, thumbnailHeight, usedHeight)
    for (let column = 0; column < thumbnailWidth; column += 1) {
      const [left, right] = spanOf(column, thumbnailWidth, width)
      let red = 0
      let green = 0
      let blue = 0
      for (let y = top; y < bottom; y += 1) {
        for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
          red += pixels[at + redAt] ?? 0
          green += pixels[at + 1] ?? 0
          blue += pixels[at + blueAt] ?? 0
        }
      }
      const count = (bottom - top) * (right - left)
      const point = row * thumbnailWidth + column
      thumbnail[point] = Math.round(red / count)
      thumbnail[plane + point] = Math.round(green / count)
      thumbnail[plane * 2 + point] = Math.round(blue / count)
    }
  }
  return thumbnail
}

/** The pixels that fall on one of `points`, at least one. */
function spanOf(index: number, points: number, pixels: number): readonly [number, number] {
  const start = Math.min(pixels - 1, Math.floor((index * pixels) / points))
  return [start, Math.max(start + 1, Math.floor(((index + 1) * pixels) / points))]
}
