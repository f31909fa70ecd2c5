import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Packet, Protection } from '../port.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { encodeFrame } from './framing.ts'
import { OutgoingCopies } from './framing-copies.ts'
import { FrameReader } from './framing-reader.ts'
import { SecureChannel, type SessionKeys } from './secure-channel.ts'

const text = fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value))
const list = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.float64Array(),
    fc.date(),
    fc.bigInt(),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  { maxLength: 5 },
)
const sent = fc.record({
  packet: fc.oneof(text, list) as fc.Arbitrary<Packet>,
  protection: fc.constantFrom<Protection>('none', 'signed', 'encrypted'),
})

function channel(side: 'client' | 'server'): SecureChannel {
  const keysOf = (first: number) => ({ sign: Buffer.alloc(32, first), encrypt: Buffer.alloc(32, first + 1) })
  const [client, server] = [keysOf(1), keysOf(3)]
  const keys: SessionKeys =
    side === 'client' ? { side, send: client, receive: server } : { side, send: server, receive: client }
  return new SecureChannel(keys, new SimulatedClock(), { afterFrames: 3, afterBytes: 500, afterMs: 1_000 })
}

/** Cuts bytes into pieces at any places. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...places, bytes.length].map((place, index) =>
    bytes.subarray(index === 0 ? 0 : places[index - 1], place),
  )
}

describe('a stream of frames', () => {
  it('gives the list of packets that went in, wherever it was split and however they were protected', () => {
    fc.assert(
      fc.property(
        fc.array(sent, { maxLength: 12 }),
        fc.array(fc.nat(5_000), { maxLength: 30 }),
        (all, cuts) => {
          const guard = channel('client')
          const bytes = Buffer.concat(
            all.flatMap(({ packet, protection }) => [
              ...encodeFrame(packet, { protection }, guard, new OutgoingCopies()),
            ]),
          )
          const reader = new FrameReader(channel('server'))
          const results = split(bytes, cuts).map(piece => reader.read(piece))
          // JSON has no negative zero in text; lists keep theirs.
          expect(results.flatMap(result => result.frames)).toStrictEqual(
            all.map(({ packet, protection }) => ({ packet: structuredClone(packet), protection })),
          )
          expect([results.at(-1)?.problem, reader.end()]).toEqual([null, null])
        },
      ),
      { numRuns: 200 },
    )
  })

  it('gives large buffers unharmed, also when they are put where they belong', () => {
    const large = fc.array(fc.tuple(fc.nat(150_000), fc.nat(255)), { maxLength: 4 })
    const protection = fc.constantFrom<Protection>('none', 'signed', 'encrypted')
    const sizes = fc.array(fc.integer({ min: 1, max: 65_536 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(fc.tuple(large, protection), { maxLength: 3 }), sizes, (all, reads) => {
        const guard = channel('client')
        const lists = all.map(([parts]) => parts.map(([size, byte]) => new Uint8Array(size).fill(byte)))
        const stream = Buffer.concat(
          lists.flatMap((packet, index) => [
            ...encodeFrame(packet, { protection: all[index]?.[1] ?? 'none' }, guard, new OutgoingCopies()),
          ]),
        )
        const reader = new FrameReader(channel('server'))
        const packets: unknown[] = []
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const wanted = stream.subarray(at, at + (reads[turn % reads.length] ?? 1))
          const room = reader.room()
          const put = room === null ? wanted.length : wanted.copy(room)
          const { frames, problem } = room === null ? reader.read(wanted) : reader.filled(put)
          packets.push(...frames.map(frame => frame.packet))
          expect(problem).toBeNull()
          at += put
        }
        expect(packets.length).toBe(lists.length)
        // Far faster than comparing element by element.
        expect(packets.flat().map(part => Buffer.from(part as Uint8Array).toString('latin1'))).toEqual(
          lists.flat().map(part => Buffer.from(part).toString('latin1')),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('never lets a protected packet come out changed, whichever byte is', () => {
    const protection = fc.constantFrom<Protection>('signed', 'encrypted')
    fc.assert(
      fc.property(
        fc.oneof(text, list),
        protection,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (packet, how, at, bits) => {
          const bytes = Buffer.concat(
            encodeFrame(packet as Packet, { protection: how }, channel('client'), new OutgoingCopies()),
          )
          const place = at % bytes.length
          bytes[place] = (bytes[place] ?? 0) ^ bits
          const reader = new FrameReader(channel('server'))
          // A frame whose mark of protection was taken off arrives, but as one that nobody vouches for.
          const { frames } = reader.read(bytes)
          expect(frames.filter(frame => frame.protection !== 'none')).toEqual([])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 10 }),
        fc.boolean(),
        (chunks, isMarked) => {
          const reader = new FrameReader(channel('server'))
          if (isMarked) reader.read(Buffer.from('NX'))
          for (const chunk of chunks) reader.read(Buffer.from(chunk))
          reader.end()
        },
      ),
      { numRuns: 500 },
    )
  })
})
