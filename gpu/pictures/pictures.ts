import type { Frame } from '../../contracts/compositor.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { Painter, Size } from '../scene/painter.ts'

/** The context of the tabs' pictures. */
export const tabsContext = 'tabs'

/**
 * The pictures of the tabs: decoded beside what else is done, and given to whoever draws. A picture that comes while the
 * tab's earlier one is being decoded takes its place.
 */
export class Pictures {
  readonly #painter: () => Painter
  readonly #newest = new Map<string, number>()
  #frames = 0

  constructor(painter: () => Painter) {
    this.#painter = painter
  }

  /** Resolves when the picture can be drawn. Rejects with BAD_FRAME. */
  async put(frame: Frame): Promise<void> {
    this.#frames += 1
    const number = this.#frames
    this.#newest.set(frame.tabId, number)
    const decoded = await decode(frame)
    try {
      if (this.#newest.get(frame.tabId) !== number) return
      const { width, height } = decoded
      this.#painter().putPicture(tabsContext, frame.tabId, decoded, { width, height })
    } finally {
      if (decoded instanceof ImageBitmap) decoded.close()
    }
  }

  forget(tabId: string): void {
    this.#newest.delete(tabId)
    this.#painter().forgetPicture(tabsContext, tabId)
  }

  /** Forgets the pictures of all tabs but these. */
  keepOnly(tabIds: ReadonlySet<string>): void {
    for (const tabId of [...this.#newest.keys()]) if (!tabIds.has(tabId)) this.forget(tabId)
  }

  sizeOf(tabId: string): Size | null {
    return this.#painter().sizeOf(tabsContext, tabId)
  }
}

async function decode({ format, width, height, bytes }: Frame): Promise<ImageBitmap | ImageData> {
  if (format === 'rgba' || format === 'bgra') {
    if (bytes.byteLength !== width * height * 4)
      throw new IpcError('BAD_FRAME', `${bytes.byteLength} bytes are no picture of ${width} × ${height}.`)
    const data = new ImageData(width, height)
    data.data.set(bytes)
    if (format === 'bgra') swapRedAndBlue(data.data)
    return data
  }
  const blob = new Blob([new Uint8Array(bytes)], { type: `image/${format}` })
  return await createImageBitmap(blob, {
    premultiplyAlpha: 'premultiply',
    colorSpaceConversion: 'none',
  }).catch((): never => {
    throw new IpcError('BAD_FRAME', `${bytes.byteLength} bytes are no ${format}.`)
  })
}

function swapRedAndBlue(data: Uint8ClampedArray): void {
  for (let at = 0; at + 2 < data.length; at += 4) {
    const red = data[at + 2] ?? 0
    data[at + 2] = data[at] ?? 0
    data[at] = red
  }
}
