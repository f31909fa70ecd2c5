/** Channels of one sound at most. Their order is that of WAVE: left, right, centre, low, back left, back right, … */
export const mostChannels = 8
/** Frames of one block at most. A frame is one sample of each channel. */
export const mostBlockFrames = 8_192
/** Of one block at most. */
export const mostBlockBytes = mostBlockFrames * mostChannels * Float32Array.BYTES_PER_ELEMENT

/**
 * Samples as they travel: 32-bit floats in the byte order of the machine, all of the first channel, then all of the
 * second, and so on. Full scale is ±1.
 */
export function joinChannels(channels: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const joined = new Float32Array(frames * channels.length)
  for (const [place, channel] of channels.entries()) joined.set(channel.subarray(0, frames), place * frames)
  return new Uint8Array(joined.buffer)
}

/** The channels of a block; null when its bytes are not whole frames of so many channels. */
export function splitChannels(samples: Uint8Array, channels: number): Float32Array[] | null {
  const bytesOfChannel = samples.byteLength / channels
  if (!Number.isInteger(bytesOfChannel) || bytesOfChannel % Float32Array.BYTES_PER_ELEMENT !== 0) return null
  // A view needs floats to begin at a multiple of four, which bytes out of a message need not.
  const isAligned = samples.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0
  const { buffer, byteOffset } = isAligned ? samples : samples.slice()
  const frames = bytesOfChannel / Float32Array.BYTES_PER_ELEMENT
  return Array.from(
    { length: channels },
    (_, place) => new Float32Array(buffer, byteOffset + place * bytesOfChannel, frames),
  )
}
