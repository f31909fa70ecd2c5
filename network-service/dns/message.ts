/**
 * Questions and answers of the domain name system, as far as addresses need them.
 * @see RFC 1035, section 4 (messages); RFC 6891 (EDNS); RFC 8467 (padding); RFC 2308 (names that do not exist)
 */

export type RecordType = 'A' | 'AAAA'

const typeNumbers: Readonly<Record<RecordType, number>> = { A: 1, AAAA: 28 }
const soaType = 6
const optType = 41
const paddingOption = 12
/** Questions are padded to a multiple of this, so that their length does not tell the name. */
const paddingBlock = 128
const headerBytes = 12

/** A question, with the number 0 so that it can be cached on its way (RFC 8484, 4.1). */
export function encodeQuestion(name: string, type: RecordType): Buffer {
  const labels = name.split('.').map(label => Buffer.from(label, 'latin1'))
  const question = Buffer.concat([
    ...labels.flatMap(label => [Buffer.from([label.length]), label]),
    Buffer.from([0, 0, typeNumbers[type], 0, 1]),
  ])
  const withoutPadding = headerBytes + question.length + 11 + 4
  const padding = (paddingBlock - (withoutPadding % paddingBlock)) % paddingBlock
  const header = Buffer.from([0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1])
  const extension = Buffer.alloc(11 + 4 + padding)
  extension.writeUInt16BE(optType, 1)
  extension.writeUInt16BE(4_096, 3)
  extension.writeUInt16BE(4 + padding, 9)
  extension.writeUInt16BE(paddingOption, 11)
  extension.writeUInt16BE(padding, 13)
  return Buffer.concat([header, question, extension])
}

export interface Answer {
  /** 0: found; 3: no such name. */
  readonly responseCode: number
  readonly addresses: readonly string[]
  /** How long this holds, also that there is nothing; null when the answer does not say. */
  readonly ttlSeconds: number | null
}

/** Reads an answer. Throws a RangeError for what is none. */
export function decodeAnswer(message: Uint8Array, type: RecordType): Answer {
  const reader = new Reader(message)
  reader.skip(2)
  const flags = reader.number(2)
  if ((flags & 0x8000) === 0) throw new RangeError('A question where an answer was expected')
  if ((flags & 0x0200) !== 0) throw new RangeError('The answer was cut off')
  const counts = { question: reader.number(2), answer: reader.number(2), authority: reader.number(2) }
  reader.skip(2)
  for (let index = 0; index < counts.question; index += 1) {
    reader.skipName()
    reader.skip(4)
  }
  const addresses: string[] = []
  let ttlSeconds: number | null = null
  const keep = (seconds: number): void => {
    ttlSeconds = Math.min(ttlSeconds ?? Number.POSITIVE_INFINITY, seconds)
  }
  for (let index = 0; index < counts.answer; index += 1) {
    const record = reader.record()
    // A record on the way to the address (CNAME) ends what it leads to when it ends itself.
    keep(record.ttlSeconds)
    if (record.type === typeNumbers[type]) addresses.push(addressOf(record.data, type))
  }
  for (let index = 0; addresses.length === 0 && index < counts.authority; index += 1) {
    const record = reader.record()
    if (record.type !== soaType || record.data.length < 4) continue
    const minimum = Buffer.from(record.data).readUInt32BE(record.data.length - 4)
    keep(Math.min(record.ttlSeconds, minimum))
  }
  return { responseCode: flags & 15, addresses, ttlSeconds }
}

function addressOf(data: Uint8Array, type: RecordType): string {
  if (data.length !== (type === 'A' ? 4 : 16)) throw new RangeError('An address of a wrong length')
  if (type === 'A') return data.join('.')
  const view = Buffer.from(data)
  const groups = Array.from({ length: 8 }, (_, index) => view.readUInt16BE(index * 2).toString(16))
  // The URL parser writes addresses in their shortest form.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

class Reader {
  readonly #message: Buffer
  #at = 0

  constructor(message: Uint8Array) {
    this.#message = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  }

  skip(bytes: number): void {
    this.#at += bytes
    if (this.#at > this.#message.length) throw new RangeError('The answer ends too early')
  }

  number(bytes: number): number {
    this.skip(bytes)
    return this.#message.readUIntBE(this.#at - bytes, bytes)
  }

  /** A name may end in a pointer to an earlier one; nobody asks for its letters here, so it is not followed. */
  skipName(): void {
    for (;;) {
      const length = this.number(1)
      if (length === 0) return
      if ((length & 0xc0) === 0xc0) {
        this.skip(1)
        return
      }
      if ((length & 0xc0) !== 0) throw new RangeError('A label of an unknown kind')
      this.skip(length)
    }
  }

  record(): { readonly type: number; readonly ttlSeconds: number; readonly data: Uint8Array } {
    this.skipName()
    const type = this.number(2)
    this.skip(2)
    const ttl = this.number(4)
    const length = this.number(2)
    this.skip(length)
    // A negative number means zero: RFC 2181, 8.
    return {
      type,
      ttlSeconds: ttl > 0x7fff_ffff ? 0 : ttl,
      data: this.#message.subarray(this.#at - length, this.#at),
    }
  }
}
