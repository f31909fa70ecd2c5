/**
 * The places at which the channels of WAVE (left, right, centre, low, back, side) stand in Vorbis and Opus, by how many
 * there are (Vorbis I specification, section 4.3.9; RFC 7845, section 5.1.1.2). FLAC orders them as WAVE does.
 */
const vorbisPlaces: Readonly<Record<number, readonly number[]>> = {
  3: [0, 2, 1],
  4: [0, 1, 2, 3],
  5: [0, 2, 1, 3, 4],
  6: [0, 2, 1, 5, 3, 4],
  7: [0, 2, 1, 6, 5, 3, 4],
  8: [0, 2, 1, 7, 5, 6, 3, 4],
}

/** Puts channels that come in the order of Vorbis into that of WAVE. */
export function fromVorbisOrder<T>(channels: readonly T[]): readonly T[] {
  const places = vorbisPlaces[channels.length]
  return places === undefined ? channels : places.flatMap(place => channels.slice(place, place + 1))
}
