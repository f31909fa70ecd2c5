/**
 * Reads the constants of an ONNX file that `encoder.ts` wrote, so that a training can go on where an earlier one
 * ended. Wire format and field numbers as there.
 */
export function readInitializers(model: Uint8Array): Map<string, Uint8Array> {
  const constants = new Map<string, Uint8Array>()
  for (const graph of fieldsOf(model, 7)) {
    for (const tensor of fieldsOf(graph, 5)) {
      const [name] = fieldsOf(tensor, 8)
      const [data] = fieldsOf(tensor, 9)
      // Copied, so that numbers of four bytes start where they have to.
      if (name !== undefined && data !== undefined)
        constants.set(new TextDecoder().decode(name), Uint8Array.from(data))
    }
  }
  return constants
}

/** The values of one field of a message that holds bytes. Throws on another wire type than numbers and bytes. */
function fieldsOf(message: Uint8Array, wanted: number): Uint8Array[] {
  const found: Uint8Array[] = []
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message[at++] ?? 0
      value += (byte & 0x7f) * scale
      if (byte < 0x80) break
    }
    return value
  }
  while (at < message.length) {
    const key = varint()
    const wireType = key % 8
    if (wireType !== 0 && wireType !== 2) throw new TypeError(`Wire type ${wireType} at byte ${at}`)
    const value = varint()
    if (wireType === 0) continue
    if (Math.floor(key / 8) === wanted) found.push(message.subarray(at, at + value))
    at += value
  }
  return found
}
