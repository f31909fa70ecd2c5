import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesInRing, createRingMemory, RingBuffer } from './ring-buffer.ts'
import { RingReader } from './ring-reader.ts'
import { RingByteReader, RingByteWriter } from './ring-stream.ts'
import { RingWriter, type WriteOutcome } from './ring-writer.ts'

/** What either thread may do next; sizes are parts of the largest frame, so that all capacities meet all cases. */
type Step =
  | { readonly kind: 'write'; readonly part: number }
  | { readonly kind: 'read' }
  | { readonly kind: 'readAll' }

const part = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 0.1, noNaN: true }),
  fc.constant(1),
)
const step = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.record({ kind: fc.constant('write'), part }),
  fc.record({ kind: fc.constant('write'), part }),
  fc.record({ kind: fc.constant('read') }),
  fc.record({ kind: fc.constant('readAll') }),
)
const steps = fc.array(step, { maxLength: 150 })
const capacity = fc.integer({ min: 1, max: 16 }).map(lines => lines * 64)

/** A payload that differs from every other in each byte that could be mixed up. */
function payload(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (seed * 31 + index * 7 + (index >> 8)) & 0xff)
}

/** A ring beside a plain queue that does the same. */
class ComparedRing {
  readonly ring: RingBuffer
  readonly writer: RingWriter
  readonly reader: RingReader
  readonly #queue: Uint8Array[] = []
  #written = 0

  constructor(capacityBytes: number, rewindAfterBytes: number) {
    this.ring = new RingBuffer(createRingMemory({ capacityBytes }))
    this.writer = new RingWriter(this.ring, { rewindAfterBytes })
    // Each side looks at the memory for itself, as two threads do.
    this.reader = new RingReader(new RingBuffer(this.ring.memory))
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0
  }

  /** Bytes that the frames in the queue take in the ring. */
  get usedBytes(): number {
    return this.#queue.reduce((sum, bytes) => sum + bytesInRing(bytes.length), 0)
  }

  write(length: number, isInPlace: boolean): WriteOutcome {
    this.#written += 1
    const bytes = payload(length, this.#written)
    const source = { byteLength: length, writeTo: (target: Uint8Array) => target.set(bytes) }
    const outcome = isInPlace
      ? this.writer.tryWrite(length, source)
      : this.writer.tryWriteBytes(length, bytes)
    if (outcome === 'written') this.#queue.push(bytes)
    return outcome
  }

  /** Reads one frame from both and compares. */
  read(): void {
    const expected = this.#queue.shift()
    expect(this.reader.peek()).toBe(expected === undefined ? 'empty' : 'frame')
    if (expected === undefined) return
    expect(this.reader.kind).toBe(expected.length)
    expect(Buffer.compare(this.reader.bytes(), expected)).toBe(0)
    this.reader.release()
  }

  readAll(): void {
    while (!this.isEmpty) this.read()
    this.read()
    expect([this.reader.problem, this.writer.problem]).toEqual([null, null])
  }
}

describe('a ring', () => {
  it.each([
    ['goes round and round', Number.POSITIVE_INFINITY],
    ['begins anew whenever it is empty', 0],
  ])(
    'is a queue of frames that takes exactly what it has room for, when it %s',
    (_name, rewindAfterBytes) => {
      fc.assert(
        fc.property(capacity, steps, fc.boolean(), (capacityBytes, script, isInPlace) => {
          const compared = new ComparedRing(capacityBytes, rewindAfterBytes)
          for (const next of script) {
            if (next.kind === 'read') compared.read()
            else if (next.kind === 'readAll') compared.readAll()
            else {
              const length = Math.floor(next.part * compared.ring.maxFrameBytes)
              const fits = compared.usedBytes + bytesInRing(length) <= capacityBytes
              expect(compared.write(length, isInPlace)).toBe(fits ? 'written' : 'full')
            }
          }
          compared.readAll()
        }),
        { numRuns: 500 },
      )
    },
  )

  it('carries a stream of bytes however it is cut on either side', async () => {
    await fc.assert(
      fc.asyncProperty(
        capacity,
        fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        async (capacityBytes, writes, reads) => {
          const memory = createRingMemory({ capacityBytes })
          const writer = new RingByteWriter(new RingBuffer(memory))
          const reader = new RingByteReader(new RingBuffer(memory))
          const sent = writes.map(payload)
          const writing = (async () => {
            for (const bytes of sent) expect(await writer.write(bytes)).toBe(true)
            writer.end()
          })()
          const received: Uint8Array[] = []
          for (let turn = 0; ; turn += 1) {
            const into = new Uint8Array(reads[turn % reads.length] ?? 1)
            const count = await reader.read(into)
            if (count === 0) break
            received.push(into.subarray(0, count))
          }
          await writing
          expect(Buffer.compare(Buffer.concat(received), Buffer.concat(sent))).toBe(0)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('reads nothing outside itself and stops, whatever the other thread leaves in its memory', () => {
    fc.assert(
      fc.property(
        capacity,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), { maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 48 }), { maxLength: 6 }),
        (capacityBytes, scribbles, sizes) => {
          const compared = new ComparedRing(capacityBytes, capacityBytes / 4)
          const { ring, writer, reader } = compared
          for (const size of sizes) compared.write(size, false)
          const words = new Int32Array(ring.memory)
          for (const [place, value] of scribbles) words[1 + (place % (words.length - 1))] = value
          for (let turn = 0; turn < 50 && reader.peek() === 'frame'; turn += 1) {
            expect(reader.byteLength).toBeLessThanOrEqual(ring.maxFrameBytes)
            expect(reader.bytes()).toHaveLength(reader.byteLength)
            reader.release()
          }
          const outcome = compared.write(16, false)
          if (reader.problem === null && writer.problem === null) return
          expect([ring.isClosed, outcome]).toEqual([true, 'closed'])
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
