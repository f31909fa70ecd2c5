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
  const columns = spans(width, bitmap.width)
  const rows = spans(height, bitmap.height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      averageInto(
        result.pixels,
        at * 4,
        bitmap,
        columns[x * 2] ?? 0,
        columns[x * 2 + 1] ?? 0,
        rows[y * 2] ?? 0,
        rows[y * 2 + 1] ?? 0,
      )
    }
  return result
}

/** For each new line the first old one that it covers, and the one behind the last, by turns. */
function spans(size: number, oldSize: number): Uint32Array {
  const result = new Uint32Array(size * 2)
  for (let index = 0; index < size; index++) {
    const from = Math.floor((index * oldSize) / size)
    result[index * 2] = from
    result[index * 2 + 1] = Math.max(from + 1, Math.floor(((index + 1) * oldSize) / size))
  }
  return result
}

/** Numbers and no objects: called for every new pixel of a picture. */
function averageInto(
  target: Buffer,
  at: number,
  { pixels, width }: Bitmap,
  left: number,
  right: number,
  top: number,
  bottom: number,
): void {
  let red = 0
  let green = 0
  let blue = 0
  let alpha = 0
  for (let y = top; y < bottom; y++) {
    const end = (y * width + right) * 4
    for (let from = (y * width + left) * 4; from < end; from += 4) {
      const opacity = pixels[from + 3] ?? 0
      // Weighted by opacity, so that what is transparent lends no colour.
      red += (pixels[from] ?? 0) * opacity
      green += (pixels[from + 1] ?? 0) * opacity
      blue += (pixels[from + 2] ?? 0) * opacity
      alpha += opacity
    }
  }
  if (alpha > 0) {
    target[at] = Math.round(red / alpha)
    target[at + 1] = Math.round(green / alpha)
    target[at + 2] = Math.round(blue / alpha)
  }
  target[at + 3] = Math.round(alpha / ((right - left) * (bottom - top)))
}
