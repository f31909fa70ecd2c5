import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameReader, maxFrameBytes } from './framing.ts'

const json = fc.jsonValue({ maxDepth: 3 })

/** Cuts bytes into pieces at any places. */
function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...places, bytes.length].map((place, index) =>
    bytes.subarray(index === 0 ? 0 : places[index - 1], place),
  )
}

describe('frames', () => {
  it('come out as they went in, wherever the stream was split', () => {
    fc.assert(
      fc.property(
        fc.array(json, { maxLength: 10 }),
        fc.array(fc.nat(10_000), { maxLength: 30 }),
        (messages, cuts) => {
          const bytes = Buffer.concat(messages.map(encodeFrame))
          const reader = new FrameReader()
          const results = split(bytes, cuts).map(piece => reader.read(piece))
          // JSON has no negative zero.
          const expected: unknown = JSON.parse(JSON.stringify(messages))
          expect(results.flatMap(result => result.messages)).toEqual(expected)
          expect(results.every(result => result.problem === null)).toBe(true)
          expect(reader.pendingBytes).toBe(0)
        },
      ),
    )
  })

  it('come out one byte at a time', () => {
    const reader = new FrameReader()
    const messages = [...encodeFrame({ a: 'ä€😀' })].flatMap(
      byte => reader.read(Buffer.from([byte])).messages,
    )
    expect(messages).toEqual([{ a: 'ä€😀' }])
  })

  it('wait for the rest when truncated', () => {
    fc.assert(
      fc.property(json, fc.nat(), (message, cut) => {
        const frame = encodeFrame(message)
        const reader = new FrameReader()
        const { messages, problem } = reader.read(frame.subarray(0, cut % frame.length))
        expect({ messages, problem }).toEqual({ messages: [], problem: null })
      }),
    )
  })

  it('end the stream when one is oversized, without waiting for its bytes', () => {
    const header = Buffer.alloc(4)
    header.writeUInt32BE(maxFrameBytes + 1)
    const reader = new FrameReader()
    const good = encodeFrame(1)
    expect(reader.read(Buffer.concat([good, header]))).toMatchObject({
      messages: [1],
      problem: expect.stringContaining('frame of 100'),
    })
    expect(reader.read(good).messages).toEqual([])
  })

  it('never throw, whatever bytes arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 }), { maxLength: 10 }), chunks => {
        const reader = new FrameReader()
        for (const chunk of chunks) reader.read(Buffer.from(chunk))
      }),
      { numRuns: 500 },
    )
  })

  it('keep a key named __proto__ a mere key', () => {
    const reader = new FrameReader()
    const text = '{"__proto__":{"polluted":true}}'
    const frame = Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)])
    const [message] = reader.read(frame).messages
    expect(Object.keys(message as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('refuse what JSON cannot carry', () => {
    expect(() => encodeFrame({ big: 1n })).toThrow('cannot be written as JSON')
    expect(() => encodeFrame(undefined)).toThrow('cannot be written as JSON')
    expect(() => encodeFrame('a'.repeat(maxFrameBytes))).toThrow('more than')
  })
})
