import { describe, expect, it } from 'vitest'
import type { Packet } from '../port.ts'
import { encodeFrame, type FrameGuard, maxFrameBytes } from './framing.ts'
import { OutgoingCopies } from './framing-copies.ts'
import { FrameReader } from './framing-reader.ts'

const noGuard: FrameGuard = {
  addedBytes: () => 0,
  seal: (_protection, _header, pieces) => pieces,
  open: () => ({ kind: 'refused', reason: 'nobody guards this' }),
}

const copies = new OutgoingCopies()

function frame(packet: Packet): Buffer {
  return Buffer.concat(encodeFrame(packet, {}, noGuard, copies))
}

function header(change: (header: Buffer) => unknown): Buffer {
  const bytes = frame('').subarray(0, 12)
  change(bytes)
  return bytes
}

function read(...chunks: readonly Buffer[]) {
  const reader = new FrameReader(noGuard)
  const results = chunks.map(chunk => reader.read(chunk))
  return {
    packets: results.flatMap(result => result.frames.map(frame => frame.packet)),
    problem: results.at(-1)?.problem ?? null,
    atEnd: reader.end(),
  }
}

describe('frames', () => {
  it('are text as it is, behind a header', () => {
    expect(frame('[[1,"ä"]]').toString('latin1')).toBe(
      `NX\u0001\u0000\u0000\u0000\u0000\u000a\u0000\u0000\u0000\u0000${Buffer.from('[[1,"ä"]]').toString('latin1')}`,
    )
  })

  it('come out one byte at a time', () => {
    const all = Buffer.concat([frame('["ä€😀"]'), frame([[1, new Uint8Array([1, 2])]]), frame('')])
    const bytes = [...all].map(byte => Buffer.from([byte]))
    expect(read(...bytes)).toEqual({
      packets: ['["ä€😀"]', [[1, new Uint8Array([1, 2])]], ''],
      problem: null,
      atEnd: null,
    })
  })

  it('give each buffer memory of its own, wherever they were split', () => {
    const list = [new Uint8Array(70_000).fill(1), new ArrayBuffer(0), new Float64Array(9_000).fill(0.5)]
    const bytes = frame(list)
    for (const size of [bytes.length, 65_536, 1_000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      )
      const { packets } = read(...chunks)
      expect(packets).toEqual([list])
      const [first, , last] = packets[0] as [Uint8Array, ArrayBuffer, Float64Array]
      expect([first.buffer.byteLength, last.buffer.byteLength]).toEqual([70_000, 72_000])
    }
  })

  it('do not hold on to the memory of the chunk they came in', () => {
    const chunk = frame([new Uint8Array([1, 2, 3])])
    const { packets } = read(chunk)
    chunk.fill(0)
    expect(packets).toEqual([[new Uint8Array([1, 2, 3])]])
  })

  it('leave a large buffer uncopied when it is transferred, and copy it otherwise', () => {
    const given = new Uint8Array(1_000_000).fill(1)
    const kept = encodeFrame([given], {}, noGuard, copies)
    given.fill(2)
    expect(kept.at(-1)?.[0]).toBe(1)
    const moved = encodeFrame([given], { transfer: [given.buffer] }, noGuard, copies)
    expect([given.length, moved.at(-1)?.[0], moved.at(-1)?.length]).toEqual([0, 2, 1_000_000])
  })

  it('move nothing when the packet is refused', () => {
    const given = new ArrayBuffer(8)
    expect(() => encodeFrame([given, () => {}], { transfer: [given] }, noGuard, copies)).toThrow(
      'a function at 1',
    )
    expect(given.detached).toBe(false)
  })

  it('are refused by their header alone when oversized, after those before them', () => {
    const oversized = header(bytes => bytes.writeUInt32BE(maxFrameBytes + 1, 4))
    expect(read(Buffer.concat([frame('1'), oversized]), frame('2'))).toMatchObject({
      packets: ['1'],
      problem: `a frame of ${maxFrameBytes + 1} bytes, more than ${maxFrameBytes}`,
    })
  })

  it.each([
    ['a web request', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'bytes that are no frame'],
    ['a frame of the version before', Buffer.from('\0\0\0\x1c{"kind":"hello"}'), 'bytes that are no frame'],
    ['an unknown kind', header(bytes => bytes.writeUInt8(3, 2)), 'bytes that are no frame'],
    ['an unknown protection', header(bytes => bytes.writeUInt8(3, 3)), 'bytes that are no frame'],
    ['text with a head', header(bytes => bytes.writeUInt32BE(1, 8)), 'a frame whose parts do not fit'],
    [
      'a head beyond the body',
      header(bytes => bytes.writeUInt8(2, 2) + bytes.writeUInt32BE(1, 8)),
      'do not fit',
    ],
    ['a list without a head', header(bytes => bytes.writeUInt8(2, 2)), 'a frame that cannot be read'],
  ])('are refused when they are %s', (_what, bytes, problem) => {
    expect(read(bytes).problem).toContain(problem)
  })

  it('are refused when the buffers of a list are not as long as it says', () => {
    const bytes = frame([new Uint8Array(4)])
    const longer = Buffer.from(bytes.toString('latin1').replace('[4]', '[5]'), 'latin1')
    expect(read(longer).problem).toContain('its buffers are not as long as it says')
    expect(read(longer.subarray(0, -2), longer.subarray(-2)).problem).toContain('not as long as it says')
  })

  it('tell where they ended too early', () => {
    const bytes = frame('[1,2,3,4]')
    expect(read(bytes).atEnd).toBeNull()
    expect(read(bytes.subarray(0, 5)).atEnd).toBe('the end within the header of a frame')
    expect(read(bytes.subarray(0, 15)).atEnd).toBe('the end after 3 of the 9 bytes of a frame')
  })

  it('refuse to be written when oversized', () => {
    expect(() => frame('a'.repeat(maxFrameBytes + 1))).toThrow('are more than')
    expect(() => frame([new ArrayBuffer(maxFrameBytes)])).toThrow('are more than')
  })
})
