/** Width and height of a JPEG picture; null for what is none. */
export function jpegSize(data: Buffer): { width: number; height: number } | null {
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null
  for (let at = 2; at + 9 < data.length; ) {
    if (data[at] !== 0xff) return null
    const marker = data[at + 1] ?? 0
    // A start of frame, of any coding but the tables that share its range.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: data.readUInt16BE(at + 5), width: data.readUInt16BE(at + 7) }
    at += marker === 0xff ? 1 : 2 + data.readUInt16BE(at + 2)
  }
  return null
}
