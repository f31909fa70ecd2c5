/** Pixels, four bytes each (red, green, blue, alpha; not premultiplied), row by row from the top. */
export interface Bitmap {
  readonly width: number
  readonly height: number
  readonly pixels: Buffer
}

export function emptyBitmap(width: number, height: number): Bitmap {
  return { width, height, pixels: Buffer.alloc(width * height * 4) }
}

/** The order of `toBitmap` on Linux: blue, green, red, alpha. Its own inverse. */
export function swapRedAndBlue(pixels: Buffer): Buffer {
  const swapped = Buffer.from(pixels)
  for (let at = 0; at + 3 < swapped.length; at += 4) {
    swapped[at] = pixels[at + 2] ?? 0
    swapped[at + 2] = pixels[at] ?? 0
  }
  return swapped
}

/** The part of a bitmap within a rectangle; what lies outside is cut off. */
export function crop(
  bitmap: Bitmap,
  rectangle: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Bitmap {
  const left = Math.max(0, Math.round(rectangle.x))
  const top = Math.max(0, Math.round(rectangle.y))
  const right = Math.min(bitmap.width, Math.round(rectangle.x + rectangle.width))
  const bottom = Math.min(bitmap.height, Math.round(rectangle.y + rectangle.height))
  const result = emptyBitmap(Math.max(0, right - left), Math.max(0, bottom - top))
  for (let y = 0; y < result.height; y++) {
    const from = ((y + top) * bitmap.width + left) * 4
    bitmap.pixels.copy(result.pixels, y * result.width * 4, from, from + result.width * 4)
  }
  return result
}

/** Scales by averaging the area that each new pixel covers; when growing, by the nearest pixel. */
export function resize(bitmap: Bitmap, width: number, height: number): Bitmap {
  const result = emptyBitmap(width, height)
  if (bitmap.width === 0 || bitmap.height === 0) return result
  const spans = (size: number, oldSize: number) =>
    Array.from({ length: size }, (_, index) => {
      const from = Math.floor((index * oldSize) / size)
      return [from, Math.max(from + 1, Math.floor(((index + 1) * oldSize) / size))] as const
    })
  const columns = spans(width, bitmap.width)
  spans(height, bitmap.height).forEach(([top, bottom], y) => {
    columns.forEach(([left, right], x) => {
      averageInto(result.pixels, (y * width + x) * 4, bitmap, { left, top, right, bottom })
    })
  })
  return result
}

function averageInto(
  target: Buffer,
  at: number,
  { pixels, width }: Bitmap,
  area: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): void {
  let [red, green, blue, alpha, count] = [0, 0, 0, 0, 0]
  for (let y = area.top; y < area.bottom; y++)
    for (let x = area.left; x < area.right; x++) {
      const from = (y * width + x) * 4
      const opacity = pixels[from + 3] ?? 0
      // Weighted by opacity, so that what is transparent lends no colour.
      red += (pixels[from] ?? 0) * opacity
      green += (pixels[from + 1] ?? 0) * opacity
      blue += (pixels[from + 2] ?? 0) * opacity
      alpha += opacity
      count++
    }
  target[at] = alpha > 0 ? Math.round(red / alpha) : 0
  target[at + 1] = alpha > 0 ? Math.round(green / alpha) : 0
  target[at + 2] = alpha > 0 ? Math.round(blue / alpha) : 0
  target[at + 3] = Math.round(alpha / count)
}
