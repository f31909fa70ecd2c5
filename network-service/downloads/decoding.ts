import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

/**
 * What undoes the packing of an answer that was sent packed although it was not asked to be; null where nothing is to be
 * undone. An archive that is itself gzip is often said to be packed by it: it stays as it is.
 */
export function decoderOf(contentEncoding: string | null, fileName: string): Transform | null {
  switch (contentEncoding?.trim().toLowerCase() ?? '') {
    case 'gzip':
    case 'x-gzip':
      return /\.(t?gz|gzip|tgz|svgz)$/i.test(fileName) ? null : createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    case 'zstd':
      return createZstdDecompress()
    default:
      return null
  }
}
