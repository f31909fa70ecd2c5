/** Tables of cyclic redundancy checks, highest bit first, as Ogg and FLAC use them. */
function tableOf(bits: 8 | 16 | 32, polynomial: number): Uint32Array {
  const top = 2 ** (bits - 1)
  const mask = bits === 32 ? 0xffff_ffff : 2 ** bits - 1
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = (byte << (bits - 8)) >>> 0
    for (let bit = 0; bit < 8; bit += 1) {
      const isSet = (value & top) !== 0
      value = ((value << 1) & mask) >>> 0
      if (isSet) value = (value ^ polynomial) >>> 0
    }
    return value
  })
}

const table8 = tableOf(8, 0x07)
const table16 = tableOf(16, 0x8005)
const table32 = tableOf(32, 0x04c1_1db7)

/** Of a frame header of FLAC. */
export function crc8(bytes: Uint8Array): number {
  let value = 0
  for (const byte of bytes) value = table8[value ^ byte] ?? 0
  return value
}

/** Of a frame of FLAC, going on from what came before. */
export function crc16(bytes: Uint8Array, from: number, to: number, before: number): number {
  let value = before
  for (let at = from; at < to; at += 1) {
    value = ((value << 8) & 0xffff) ^ (table16[(value >>> 8) ^ (bytes[at] ?? 0)] ?? 0)
  }
  return value
}

/** Of a page of Ogg (RFC 3533, section 6), whose own checksum counts as zeros: bytes 22 to 25. */
export function oggChecksum(page: Uint8Array): number {
  let value = 0
  for (let at = 0; at < page.length; at += 1) {
    const byte = at >= 22 && at < 26 ? 0 : (page[at] ?? 0)
    value = ((value << 8) ^ (table32[(value >>> 24) ^ byte] ?? 0)) >>> 0
  }
  return value
}
