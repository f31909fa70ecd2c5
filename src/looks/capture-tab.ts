import { mostPicturePixels, type Screenshot } from '../../contracts/looks.ts'
import type { TabView } from '../tabs/tab-view.ts'

const width = 256

/** A small picture of what a tab shows; null when it shows nothing that could be seen. */
export async function captureTab(view: TabView | null): Promise<Screenshot | null> {
  if (view === null || view.contents.isDestroyed()) return null
  const image = await view.contents.capturePage()
  if (image.isEmpty()) return null
  const small = image.resize({ width, quality: 'good' })
  const size = small.getSize(1)
  const pixels = small.toBitmap({ scaleFactor: 1 })
  const bytesOfRow = size.width * 4
  // Of a tall window the upper part is looked at.
  const rows = Math.min(size.height, Math.floor(mostPicturePixels / size.width))
  if (rows < 1 || pixels.length < rows * bytesOfRow) return null
  return { width: size.width, height: rows, pixels: new Uint8Array(pixels.subarray(0, rows * bytesOfRow)) }
}
