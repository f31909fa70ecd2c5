import type { Painter } from '../scene/painter.ts'

/** A picture that is there, as wide as asked or as it is, encoded; null when it is not there. */
export async function encodePicture(
  painter: Painter,
  contextId: string,
  id: string,
  mostWidth: number,
): Promise<{ width: number; height: number; mediaType: 'image/jpeg'; bytes: Uint8Array } | null> {
  const whole = painter.sizeOf(contextId, id)
  if (whole === null) return null
  const width = Math.min(whole.width, mostWidth)
  const height = Math.max(1, Math.round((whole.height * width) / whole.width))
  const pixels = painter.readPicture(contextId, id, { width, height })
  if (pixels === null) return null
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(pixels, 0, 0)
  const mediaType = 'image/jpeg'
  const blob = await canvas.convertToBlob({ type: mediaType, quality: 0.82 })
  return { width, height, mediaType, bytes: new Uint8Array(await blob.arrayBuffer()) }
}
