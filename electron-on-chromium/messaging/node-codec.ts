import { type Codec, createCodec } from './codec.ts'

/** The main process's half of the DevTools codec. */
export const nodeCodec: Codec = createCodec({
  toText: bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromText: text => {
    // A copy with a buffer of its own: small Buffers share one pool.
    const decoded = Buffer.from(text, 'base64')
    const bytes = new Uint8Array(decoded.length)
    bytes.set(decoded)
    return bytes
  },
})
