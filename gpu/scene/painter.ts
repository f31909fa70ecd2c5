import type { GraphicsPath } from '../../contracts/gpu-facts.ts'
import type { Scene } from './scene.ts'

/** A decoded picture. `VideoFrame`s and bitmaps are closed by whoever made them, once `putPicture` has returned. */
export type PictureSource = ImageBitmap | ImageData | OffscreenCanvas | HTMLCanvasElement | VideoFrame

/** Draws scenes into a canvas. There are two, which draw the same to within what rounding and filtering differ. */
export interface Painter extends Disposable {
  readonly path: GraphicsPath
  /** Where it draws. */
  readonly canvas: HTMLCanvasElement
  /** Takes the place of an earlier picture of the name. Whether it could be kept within the context's budget. */
  putPicture(contextId: string, id: string, source: PictureSource, size: Size): boolean
  forgetPicture(contextId: string, id: string): void
  /** The size of a picture that is there; null otherwise. */
  sizeOf(contextId: string, id: string): Size | null
  paint(scene: Scene): void
  /** What was painted last, row by row from above, four bytes a pixel. Right after `paint`, in the same task. */
  readPixels(): ImageData
  /** A picture that is there, made this large; null when it is not there. */
  readPicture(contextId: string, id: string, size: Size): ImageData | null
}

export interface Size {
  readonly width: number
  readonly height: number
}
