import { type Frame, largestFrameSide } from '../../contracts/compositor.ts'
import type { TabView } from '../tabs/tab-view.ts'

/** What the cards of the overview need on a dense screen. */
const width = 400

/** A small picture of what a tab shows; null when it shows nothing that could be seen. */
export async function takeFrame(tabId: string, view: TabView | null): Promise<Frame | null> {
  if (view === null || view.contents.isDestroyed()) return null
  const image = await view.contents.capturePage(undefined, { stayHidden: true })
  if (image.isEmpty()) return null
  const small = image.resize({ width, quality: 'good' })
  const size = small.getSize(1)
  const bytes = small.toBitmap({ scaleFactor: 1 })
  if (
    size.height > largestFrameSide ||
    size.width < 1 ||
    size.height < 1 ||
    bytes.length !== size.width * size.height * 4
  )
    return null
  // The engine hands over what it has in memory; to compress it would cost more than to send it.
  return { tabId, format: 'bgra', ...size, bytes: new Uint8Array(bytes) }
}
