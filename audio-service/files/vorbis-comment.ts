import { viewOf } from './byte-reader.ts'
import { noTags, type Tags, tagText } from './sound.ts'

/** Comments beyond these are not looked at: pictures may stand among them, and titles stand first. */
const mostComments = 1_000
const mostCommentBytes = 10_000

/**
 * Title and artist of a comment header as Vorbis, Opus and FLAC share it (Vorbis I specification, section 5). What is
 * malformed in it ends the reading and harms nothing: the sound does not depend on it.
 */
export function readVorbisComment(bytes: Uint8Array): Tags {
  let tags = noTags
  const view = viewOf(bytes)
  let at = 0
  function number(): number | null {
    if (at + 4 > bytes.length) return null
    at += 4
    return view.getUint32(at - 4, true)
  }
  const vendorBytes = number()
  if (vendorBytes === null) return tags
  at += vendorBytes
  const count = number()
  if (count === null) return tags
  for (let index = 0; index < Math.min(count, mostComments); index += 1) {
    const length = number()
    if (length === null || at + length > bytes.length) return tags
    const comment = length > mostCommentBytes ? '' : text.decode(bytes.subarray(at, at + length))
    at += length
    const found = /^(TITLE|ARTIST)=(.*)$/is.exec(comment)
    if (found === null) continue
    const [, name = '', value = ''] = found
    // The first of several counts.
    if (name.toUpperCase() === 'TITLE') tags = { ...tags, title: tags.title ?? tagText(value) }
    else tags = { ...tags, artist: tags.artist ?? tagText(value) }
  }
  return tags
}

const text = new TextDecoder()
