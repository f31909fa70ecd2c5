import { beforeEach, describe, expect, it } from 'vitest'
import { SimulatedClock } from '../simulated-clock.ts'
import { encodeFrame } from './framing.ts'
import { OutgoingCopies } from './framing-copies.ts'
import { FrameReader } from './framing-reader.ts'
import { type KeyRotation, SecureChannel, type SessionKeys } from './secure-channel.ts'

const headerBytes = 12
const copies = new OutgoingCopies()
const seldom: KeyRotation = { afterFrames: 1e9, afterBytes: 1e9, afterMs: 1e9 }

/** Fresh bytes each time: a channel wipes those that it is given. */
function keysFor(side: 'client' | 'server'): SessionKeys {
  const keysOf = (first: number) => ({ sign: Buffer.alloc(32, first), encrypt: Buffer.alloc(32, first + 1) })
  const [client, server] = [keysOf(1), keysOf(3)]
  return side === 'client' ? { side, send: client, receive: server } : { side, send: server, receive: client }
}

describe.each(['signed', 'encrypted'] as const)('a %s frame', protection => {
  let clock: SimulatedClock
  let client: SecureChannel
  let server: SecureChannel
  let reader: FrameReader

  function meet(rotation: KeyRotation = seldom): void {
    clock = new SimulatedClock()
    client = new SecureChannel(keysFor('client'), clock, rotation)
    server = new SecureChannel(keysFor('server'), clock, rotation)
    reader = new FrameReader(server)
  }

  beforeEach(() => meet())

  function frame(text: string, channel = client): Buffer {
    return Buffer.concat(encodeFrame(text, { protection }, channel, copies))
  }

  const arrived = (...packets: readonly string[]) => ({
    frames: packets.map(packet => ({ packet, protection })),
    problem: null,
  })

  const refusal = (problem: string) => ({ frames: [], problem: expect.stringContaining(problem) as unknown })

  it('arrives, and says how it was protected', () => {
    expect(reader.read(frame('["one"]'))).toEqual(arrived('["one"]'))
    expect(reader.read(Buffer.concat([frame('["two"]'), frame('["three"]')]))).toEqual(
      arrived('["two"]', '["three"]'),
    )
  })

  it(`is ${protection === 'signed' ? 'readable' : 'not readable'} on its way`, () => {
    expect(frame('["open words"]').includes('open words')).toBe(protection === 'signed')
  })

  it('looks different each time', () => {
    expect(frame('["same"]').subarray(headerBytes).equals(frame('["same"]').subarray(headerBytes))).toBe(
      false,
    )
  })

  it('is refused when any bit of its body was flipped', () => {
    for (let bit = headerBytes * 8; bit < frame('[1]').length * 8; bit += 1) {
      meet()
      const bytes = frame('[1]')
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(reader.read(bytes)).toEqual(refusal(`${protection} frame that`))
    }
  })

  it('is refused when it stands for another kind of packet than it was sent as', () => {
    const bytes = frame('[1]')
    bytes.writeUInt8(2, 2)
    expect(reader.read(bytes)).toEqual(refusal('it was changed on its way'))
  })

  it('is refused when it comes again, and so is all that follows', () => {
    const bytes = frame('["pay"]')
    expect(reader.read(bytes)).toEqual(arrived('["pay"]'))
    expect(reader.read(bytes)).toEqual(refusal('has number 1 again: it was replayed'))
    expect(reader.read(frame('["more"]'))).toEqual(refusal('has number 1 again'))
  })

  it('is refused out of its order', () => {
    const [first, second] = [frame('[1]'), frame('[2]')]
    expect(reader.read(second)).toEqual(refusal('has number 2 after 0: frames are missing'))
    meet()
    expect(reader.read(Buffer.concat([frame('[1]'), frame('[2]')]))).toEqual(arrived('[1]', '[2]'))
    expect(reader.read(first)).toEqual(refusal('has number 1 again'))
  })

  it('is refused when it was cut short', () => {
    const bytes = frame('[1,2,3]')
    const shorter = bytes.subarray(0, bytes.length - 4)
    shorter.writeUInt32BE(shorter.length - headerBytes, 4)
    expect(reader.read(shorter)).toEqual(refusal('it was changed on its way'))
    meet()
    const stump = frame('[1,2,3]').subarray(0, headerBytes + 20)
    stump.writeUInt32BE(20, 4)
    expect(reader.read(stump)).toEqual(refusal('is too short'))
  })

  it('is refused when it comes back to its sender', () => {
    const own = new FrameReader(client)
    expect(own.read(frame('["mine"]'))).toEqual(refusal('it was changed on its way'))
  })

  it('is refused under keys of another connection', () => {
    const other = new SecureChannel(
      { ...keysFor('client'), send: { sign: Buffer.alloc(32, 8), encrypt: Buffer.alloc(32, 9) } },
      clock,
    )
    expect(reader.read(frame('[1]', other))).toEqual(refusal('it was changed on its way'))
  })

  it('arrives as unprotected when its mark was taken off, and is missed by the next', () => {
    const bytes = frame('["secret"]')
    bytes.writeUInt8(0, 3)
    const { frames } = reader.read(bytes)
    expect(frames.map(({ protection }) => protection)).toEqual(['none'])
    expect(reader.read(frame('[2]'))).toEqual(refusal('has number 2 after 0: frames are missing'))
  })

  it('lets unprotected frames between', () => {
    const open = Buffer.concat(encodeFrame('["open"]', {}, client, copies))
    expect(reader.read(Buffer.concat([frame('[1]'), open, frame('[2]')])).frames).toEqual([
      { packet: '[1]', protection },
      { packet: '["open"]', protection: 'none' },
      { packet: '[2]', protection },
    ])
  })

  it.each([
    ['frames', { ...seldom, afterFrames: 10 }, 5],
    ['bytes', { ...seldom, afterBytes: 50 }, 10],
    ['time', { ...seldom, afterMs: 9_500 }, 5],
  ])('gets new keys after so many %s, in step on both sides', (_what, rotation, expected) => {
    meet(rotation)
    for (let number = 0; number < 51; number += 1) {
      const packet = JSON.stringify(`${String(number).padStart(8, '0')}`)
      expect(reader.read(frame(packet))).toEqual(arrived(packet))
      clock.advance(950)
    }
    expect([client.generations.sent, server.generations.received]).toEqual([expected, expected])
    // The other direction has keys of its own, which nobody used.
    expect([server.generations.sent, client.generations.received]).toEqual([0, 0])
  })

  it('cannot be read with the keys that came before or after', () => {
    meet({ ...seldom, afterFrames: 1 })
    const old = frame('["old"]')
    expect(reader.read(old)).toEqual(arrived('["old"]'))
    expect(reader.read(frame('["new"]'))).toEqual(arrived('["new"]'))
    const skipped = [frame('[3]'), frame('[4]')]
    skipped[1]?.writeBigUInt64BE(3n, headerBytes + 4)
    expect(reader.read(skipped[1] ?? old)).toEqual(refusal('has keys of generation 3 after 1'))
  })

  it('wipes the bytes of the keys that it was given', () => {
    const keys = keysFor('client')
    new SecureChannel(keys, clock)
    const bytes = [keys.send.sign, keys.send.encrypt, keys.receive.sign, keys.receive.encrypt]
    expect(bytes).toEqual(Array.from({ length: 4 }, () => Buffer.alloc(32)))
  })
})

it('signed and encrypted frames share one order', () => {
  const clock = new SimulatedClock()
  const client = new SecureChannel(keysFor('client'), clock)
  const reader = new FrameReader(new SecureChannel(keysFor('server'), clock))
  const signed = Buffer.concat(encodeFrame('[1]', { protection: 'signed' }, client, copies))
  const encrypted = Buffer.concat(encodeFrame('[2]', { protection: 'encrypted' }, client, copies))
  expect(reader.read(Buffer.concat([encrypted, signed])).problem).toBe(
    'an encrypted frame that has number 2 after 0: frames are missing or out of order',
  )
})
