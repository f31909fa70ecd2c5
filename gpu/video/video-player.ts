import type { VideoChunk } from '../../contracts/compositor.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { Size } from '../scene/painter.ts'

export interface Clip extends Size {
  /** As WebCodecs names it. */
  readonly codec: string
}

/** Frames that are decoded ahead at most: more would only wait. */
const mostAhead = 8

/**
 * Decodes a clip and shows each frame, in order. Resolves with how many there were and their size. Rejects with NO_DECODER,
 * and with BAD_VIDEO at the first part that cannot be decoded.
 */
export async function playClip(
  clip: Clip,
  chunks: AsyncIterable<VideoChunk>,
  show: (frame: VideoFrame) => void,
): Promise<{ frames: number } & Size> {
  const config = { codec: clip.codec, codedWidth: clip.width, codedHeight: clip.height }
  const support =
    typeof VideoDecoder === 'undefined'
      ? null
      : await VideoDecoder.isConfigSupported(config).catch(() => null)
  if (support?.supported !== true)
    throw new IpcError('NO_DECODER', `There is no decoder for "${clip.codec}".`)
  const shown = { frames: 0, width: clip.width, height: clip.height }
  let failure: IpcError | null = null
  const decoder = new VideoDecoder({
    output: frame => {
      try {
        shown.frames += 1
        shown.width = frame.displayWidth
        shown.height = frame.displayHeight
        show(frame)
      } finally {
        frame.close()
      }
    },
    error: error => {
      failure = new IpcError('BAD_VIDEO', error.message)
    },
  })
  try {
    decoder.configure(config)
    for await (const { isKey, timestampMicros, bytes } of chunks) {
      if (failure !== null) throw failure
      const type = isKey ? 'key' : 'delta'
      decoder.decode(new EncodedVideoChunk({ type, timestamp: timestampMicros, data: new Uint8Array(bytes) }))
      if (decoder.decodeQueueSize > mostAhead)
        await new Promise(resolve => decoder.addEventListener('dequeue', resolve, { once: true }))
    }
    await decoder.flush()
    return shown
  } catch (error) {
    if (failure !== null) throw failure
    throw error instanceof IpcError ? error : new IpcError('BAD_VIDEO', String(error))
  } finally {
    if (decoder.state !== 'closed') decoder.close()
  }
}
