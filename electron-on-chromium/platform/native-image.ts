import { readFileSync } from 'node:fs'
import type {
  AddRepresentationOptions,
  CreateFromBitmapOptions,
  CreateFromBufferOptions,
  Rectangle,
  ResizeOptions,
  Size,
  ToBitmapOptions,
  ToDataURLOptions,
  ToPNGOptions,
} from 'electron'
import { type Bitmap, crop, emptyBitmap, resize, swapRedAndBlue } from './bitmap.ts'
import { jpegSize } from './jpeg-size.ts'
import { decodePng, encodePng, pngSize } from './png.ts'
import { UnsupportedApiError } from './unsupported.ts'

/** One picture, kept as it came until something else is asked of it. */
class Representation {
  readonly scaleFactor: number
  /** In pixels. */
  readonly width: number
  readonly height: number
  readonly jpeg: Buffer | null
  #png: Buffer | null
  #bitmap: Bitmap | null

  constructor(
    content: { readonly png: Buffer } | { readonly jpeg: Buffer } | { readonly bitmap: Bitmap },
    size: { readonly width: number; readonly height: number },
    scaleFactor: number,
  ) {
    this.scaleFactor = scaleFactor
    this.width = size.width
    this.height = size.height
    this.#png = 'png' in content ? content.png : null
    this.jpeg = 'jpeg' in content ? content.jpeg : null
    this.#bitmap = 'bitmap' in content ? content.bitmap : null
  }

  get bitmap(): Bitmap {
    if (!this.#bitmap) {
      if (!this.#png)
        throw new UnsupportedApiError('nativeImage', 'the pixels of a JPEG picture cannot be read here')
      this.#bitmap = decodePng(this.#png) ?? emptyBitmap(this.width, this.height)
    }
    return this.#bitmap
  }

  get png(): Buffer {
    this.#png ??= encodePng(this.bitmap)
    return this.#png
  }
}

function representationOf(data: Buffer, options: CreateFromBufferOptions): Representation | null {
  const scaleFactor = options.scaleFactor ?? 1
  const asPng = pngSize(data)
  if (asPng) return new Representation({ png: data }, asPng, scaleFactor)
  const asJpeg = jpegSize(data)
  if (asJpeg) return new Representation({ jpeg: data }, asJpeg, scaleFactor)
  const { width, height } = options
  if (width && height && data.length >= width * height * 4)
    return bitmapRepresentation(data, width, height, scaleFactor)
  return null
}

function bitmapRepresentation(
  data: Buffer,
  width: number,
  height: number,
  scaleFactor: number,
): Representation {
  const pixels = swapRedAndBlue(data.subarray(0, width * height * 4))
  return new Representation({ bitmap: { width, height, pixels } }, { width, height }, scaleFactor)
}

/** A picture. PNG is read and written; JPEG keeps its bytes and its size. */
export class NativeImage {
  isMacTemplateImage = false
  readonly #representations: Representation[] = []

  static createEmpty(): NativeImage {
    return new NativeImage()
  }

  static createFromBitmap(buffer: Buffer, options: CreateFromBitmapOptions): NativeImage {
    const { width, height, scaleFactor = 1 } = options
    if (!Buffer.isBuffer(buffer)) throw new TypeError('buffer must be a node Buffer')
    if (buffer.length !== width * height * 4) throw new Error('invalid buffer size')
    return NativeImage.#of(bitmapRepresentation(buffer, width, height, scaleFactor))
  }

  static createFromBuffer(buffer: Buffer, options: CreateFromBufferOptions = {}): NativeImage {
    if (!Buffer.isBuffer(buffer)) throw new TypeError('buffer must be a node Buffer')
    return NativeImage.#of(representationOf(Buffer.from(buffer), options))
  }

  static createFromDataURL(dataURL: string): NativeImage {
    return NativeImage.#of(representationOfDataUrl(dataURL, 1))
  }

  static createFromPath(path: string): NativeImage {
    const scaleFactor = Number(/@(\d+(?:\.\d+)?)x\.[^.]+$/.exec(path)?.[1] ?? 1)
    try {
      return NativeImage.#of(representationOf(readFileSync(path), { scaleFactor }))
    } catch {
      return new NativeImage()
    }
  }

  static createFromNamedImage(_imageName: string): NativeImage {
    return new NativeImage()
  }

  static createMenuSymbol(_imageName: string): NativeImage {
    return new NativeImage()
  }

  static async createThumbnailFromPath(path: string, size: Size): Promise<NativeImage> {
    const image = NativeImage.createFromPath(path)
    if (image.isEmpty())
      throw new Error(`unable to retrieve thumbnail preview image for the given path: ${path}`)
    const { width, height } = image.getSize()
    const factor = Math.min(size.width / width, size.height / height)
    return image.resize({
      width: Math.max(1, Math.round(width * factor)),
      height: Math.max(1, Math.round(height * factor)),
    })
  }

  static #of(representation: Representation | null): NativeImage {
    const image = new NativeImage()
    if (representation) image.#representations.push(representation)
    return image
  }

  addRepresentation(options: AddRepresentationOptions): void {
    const scaleFactor = options.scaleFactor ?? 1
    const added = options.dataURL
      ? representationOfDataUrl(options.dataURL, scaleFactor)
      : options.buffer
        ? representationOf(options.buffer, { ...options, scaleFactor })
        : null
    if (!added) return
    const index = this.#representations.findIndex(known => known.scaleFactor === scaleFactor)
    if (index === -1) this.#representations.push(added)
    else this.#representations[index] = added
  }

  isEmpty(): boolean {
    return this.#representations.length === 0
  }

  getSize(scaleFactor?: number): Size {
    const best = this.#best(scaleFactor)
    if (!best) return { width: 0, height: 0 }
    const factor = scaleFactor === undefined ? best.scaleFactor : 1
    return { width: Math.round(best.width / factor), height: Math.round(best.height / factor) }
  }

  getAspectRatio(scaleFactor?: number): number {
    const { width, height } = this.getSize(scaleFactor)
    return height === 0 ? 1 : width / height
  }

  getScaleFactors(): number[] {
    return this.#representations.map(({ scaleFactor }) => scaleFactor)
  }

  toPNG(options: ToPNGOptions = {}): Buffer {
    const best = this.#best(options.scaleFactor)
    return best ? Buffer.from(best.png) : Buffer.alloc(0)
  }

  toJPEG(_quality: number): Buffer {
    const best = this.#best()
    if (!best) return Buffer.alloc(0)
    if (!best.jpeg) throw new UnsupportedApiError('nativeImage.toJPEG', 'only PNG is written; use toPNG')
    return Buffer.from(best.jpeg)
  }

  toBitmap(options: ToBitmapOptions = {}): Buffer {
    const best = this.#best(options.scaleFactor)
    return best ? swapRedAndBlue(best.bitmap.pixels) : Buffer.alloc(0)
  }

  getBitmap(options: ToBitmapOptions = {}): Buffer {
    return this.toBitmap(options)
  }

  toDataURL(options: ToDataURLOptions = {}): string {
    const best = this.#best(options.scaleFactor)
    if (!best) return 'data:image/png;base64,'
    return best.jpeg
      ? `data:image/jpeg;base64,${best.jpeg.toString('base64')}`
      : `data:image/png;base64,${best.png.toString('base64')}`
  }

  crop(rectangle: Rectangle): NativeImage {
    const best = this.#best()
    return best ? NativeImage.#ofBitmap(crop(best.bitmap, rectangle)) : new NativeImage()
  }

  resize(options: ResizeOptions): NativeImage {
    const best = this.#best()
    if (!best) return new NativeImage()
    const ratio = best.width / best.height
    const width = options.width ?? (options.height === undefined ? best.width : options.height * ratio)
    const height = options.height ?? (options.width === undefined ? best.height : options.width / ratio)
    return NativeImage.#ofBitmap(
      resize(best.bitmap, Math.max(1, Math.round(width)), Math.max(1, Math.round(height))),
    )
  }

  getNativeHandle(): Buffer {
    throw new UnsupportedApiError('nativeImage.getNativeHandle', 'it belongs to macOS')
  }

  isTemplateImage(): boolean {
    return this.isMacTemplateImage
  }

  setTemplateImage(isTemplate: boolean): void {
    this.isMacTemplateImage = isTemplate
  }

  static #ofBitmap(bitmap: Bitmap): NativeImage {
    if (bitmap.width === 0 || bitmap.height === 0) return new NativeImage()
    return NativeImage.#of(new Representation({ bitmap }, bitmap, 1))
  }

  /** The representation nearest to a scale factor. */
  #best(scaleFactor = 1): Representation | null {
    const distance = (candidate: Representation) => Math.abs(candidate.scaleFactor - scaleFactor)
    return this.#representations.toSorted((a, b) => distance(a) - distance(b))[0] ?? null
  }
}

function representationOfDataUrl(dataUrl: string, scaleFactor: number): Representation | null {
  const match = /^data:[^,]*?(;base64)?,(.*)$/s.exec(dataUrl)
  if (!match) return null
  const data = match[1]
    ? Buffer.from(match[2] ?? '', 'base64')
    : Buffer.from(decodeURIComponent(match[2] ?? ''), 'latin1')
  return representationOf(data, { scaleFactor })
}

/** The `nativeImage` module. */
export const nativeImage = {
  createEmpty: NativeImage.createEmpty,
  createFromBitmap: NativeImage.createFromBitmap,
  createFromBuffer: NativeImage.createFromBuffer,
  createFromDataURL: NativeImage.createFromDataURL,
  createFromNamedImage: NativeImage.createFromNamedImage,
  createFromPath: NativeImage.createFromPath,
  createMenuSymbol: NativeImage.createMenuSymbol,
  createThumbnailFromPath: NativeImage.createThumbnailFromPath,
}
