import { frameHeaderBytes } from '../../windowed/wire.ts'

/**
 * Takes frames from the stream, decodes them and paints them, so that neither the reading nor the decoding
 * nor the painting waits for the page's main thread, which serves the person's input.
 */
export type ToWorker =
  | { readonly kind: 'start'; readonly url: string }
  | { readonly kind: 'canvas'; readonly viewId: number; readonly canvas: OffscreenCanvas }
  | { readonly kind: 'forget'; readonly viewId: number }

export type FromWorker =
  | {
      readonly kind: 'painted'
      readonly viewId: number
      readonly sequence: number
      readonly width: number
      readonly height: number
    }
  | { readonly kind: 'ended' }

interface Surface {
  readonly canvas: OffscreenCanvas
  readonly context: ImageBitmapRenderingContext
  /** Frames are decoded side by side and painted in order. */
  last: Promise<void>
}

/** What a worker's global scope has that a window's has not; the program is checked with a window's types. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker): void
}

const scope: WorkerScope = self
const surfaces = new Map<number, Surface>()
/** The last frame of a view whose canvas is still on its way: frames and layout come by different ways. */
const early = new Map<number, Uint8Array<ArrayBuffer>>()

function answer(message: FromWorker): void {
  scope.postMessage(message)
}

scope.onmessage = event => {
  const message = event.data
  switch (message.kind) {
    case 'start':
      void readFrames(message.url)
      return
    case 'canvas': {
      const context = message.canvas.getContext('bitmaprenderer')
      if (context) surfaces.set(message.viewId, { canvas: message.canvas, context, last: Promise.resolve() })
      const record = early.get(message.viewId)
      early.delete(message.viewId)
      if (record) paint(record)
      return
    }
    case 'forget':
      surfaces.delete(message.viewId)
      early.delete(message.viewId)
      return
  }
}

async function readFrames(url: string): Promise<void> {
  const response = await fetch(url)
  const reader = response.body?.getReader()
  const parts = new Gatherer()
  while (reader) {
    const { value, done } = await reader.read()
    if (done) break
    parts.add(value)
    for (let record = parts.takeRecord(); record; record = parts.takeRecord()) paint(record)
  }
  answer({ kind: 'ended' })
}

function paint(record: Uint8Array<ArrayBuffer>): void {
  const header = new DataView(record.buffer, record.byteOffset, frameHeaderBytes)
  const viewId = header.getUint32(4, true)
  const sequence = header.getUint32(8, true)
  const width = header.getUint16(12, true)
  const height = header.getUint16(14, true)
  const surface = surfaces.get(viewId)
  if (!surface) {
    early.set(viewId, record)
    // Nothing waits for a view that is not there yet.
    answer({ kind: 'painted', viewId, sequence, width: 0, height: 0 })
    return
  }
  const decoded = createImageBitmap(new Blob([record.subarray(frameHeaderBytes)]))
  surface.last = surface.last.then(async () => {
    try {
      surface.context.transferFromImageBitmap(await decoded)
    } catch {
      // A picture that cannot be decoded is left out; the next one comes.
    }
    answer({ kind: 'painted', viewId, sequence, width, height })
  })
}

/** Puts chunks of a stream together to records that begin with their length. */
class Gatherer {
  readonly #chunks: Uint8Array<ArrayBuffer>[] = []
  #size = 0

  add(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  takeRecord(): Uint8Array<ArrayBuffer> | null {
    if (this.#size < 4) return null
    const head = this.#merged(4)
    const length = 4 + new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true)
    if (this.#size < length) return null
    const chunk = this.#merged(length)
    const record = chunk.subarray(0, length)
    this.#chunks[0] = chunk.subarray(length)
    if (chunk.length === length) this.#chunks.shift()
    this.#size -= length
    return record
  }

  /** The first chunk, joined with those behind it until it has at least that many bytes. */
  #merged(bytes: number): Uint8Array<ArrayBuffer> {
    const first = this.#chunks[0]
    if (first && first.length >= bytes) return first
    let count = 0
    let size = 0
    for (const chunk of this.#chunks) {
      size += chunk.length
      count++
      if (size >= bytes) break
    }
    const merged = new Uint8Array(size)
    let offset = 0
    for (const chunk of this.#chunks.splice(0, count)) {
      merged.set(chunk, offset)
      offset += chunk.length
    }
    this.#chunks.unshift(merged)
    return merged
  }
}
