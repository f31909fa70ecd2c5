import type { VideoChunk } from '../../contracts/compositor.ts'

const size = { width: 128, height: 96 }

/** A small clip that the browser encodes itself: frames of one colour each, the last one green. */
export async function makeClip(frames: number): Promise<{ codec: string; chunks: VideoChunk[] }> {
  const codec = 'vp8'
  const chunks: VideoChunk[] = []
  const encoder = new VideoEncoder({
    output: chunk => {
      const bytes = new Uint8Array(chunk.byteLength)
      chunk.copyTo(bytes)
      chunks.push({ isKey: chunk.type === 'key', timestampMicros: chunk.timestamp, bytes })
    },
    error: error => {
      throw error
    },
  })
  encoder.configure({ codec, ...size, bitrate: 400_000, framerate: 30 })
  const canvas = new OffscreenCanvas(size.width, size.height)
  const drawing = canvas.getContext('2d')
  for (let frame = 0; frame < frames; frame += 1) {
    if (drawing !== null) drawing.fillStyle = frame === frames - 1 ? '#00a000' : '#a00000'
    drawing?.fillRect(0, 0, size.width, size.height)
    const picture = new VideoFrame(canvas, { timestamp: frame * 33_333 })
    encoder.encode(picture, { keyFrame: frame % 15 === 0 })
    picture.close()
  }
  await encoder.flush()
  encoder.close()
  return { codec, chunks }
}
