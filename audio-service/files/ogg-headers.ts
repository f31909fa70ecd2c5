import { BrokenFileError } from './broken-file.ts'
import type { PacketGroup } from './ogg-packets.ts'

/** One of the packets that a stream begins with, and the page in which it ends. */
export interface HeaderPacket {
  readonly bytes: Uint8Array
  readonly byte: number
}

/**
 * Takes so many header packets off a stream. They fill their pages: sound begins on a page of its own, as the
 * mappings of all codecs here demand.
 */
export async function takeHeaders(
  groups: AsyncGenerator<PacketGroup, void>,
  count: (first: Uint8Array) => number,
): Promise<readonly HeaderPacket[]> {
  const headers: HeaderPacket[] = []
  let wanted = 1
  while (headers.length < wanted) {
    const next = await groups.next()
    if (next.done === true)
      throw BrokenFileError.damaged(headers.at(-1)?.byte ?? 0, 'It ends with its headers')
    const { byte, packets } = next.value
    for (const bytes of packets) headers.push({ bytes, byte })
    const [first] = headers
    if (first !== undefined) wanted = count(first.bytes)
    if (headers.length > wanted) throw BrokenFileError.damaged(byte, 'Sound begins within the headers')
  }
  return headers
}
