import { describe, expect, it } from 'vitest'
import { decodeAnswer, encodeQuestion } from './message.ts'
import { encodeAnswer } from './testing/answers.ts'

describe('a question', () => {
  it('is one question, numbered 0, padded so that its length does not tell the name', () => {
    const short = encodeQuestion('a.test', 'A')
    const long = encodeQuestion('a-much-longer-name-than-the-other.example', 'AAAA')
    expect([short.length, long.length]).toEqual([128, 128])
    expect(short.subarray(0, 6)).toEqual(Buffer.from([0, 0, 1, 0, 0, 1]))
    expect(short.subarray(12, 20)).toEqual(Buffer.from([1, 97, 4, 116, 101, 115, 116, 0]))
    expect(short.readUInt16BE(20)).toBe(1)
    expect(long.includes('a-much-longer-name-than-the-other')).toBe(true)
  })
})

describe('an answer', () => {
  it('tells the addresses, and the shortest time that any part of it holds', () => {
    const answer = encodeAnswer('a.test', [
      { type: 'CNAME', ttl: 20, name: 'b.test' },
      { type: 'A', ttl: 300, address: [93, 184, 216, 34] },
      { type: 'A', ttl: 200, address: [93, 184, 216, 35] },
    ])
    expect(decodeAnswer(answer, 'A')).toEqual({
      responseCode: 0,
      addresses: ['93.184.216.34', '93.184.216.35'],
      ttlSeconds: 20,
    })
  })

  it('tells an address of the sixth version in its shortest form', () => {
    const address = [0x26, 6, 0x47, 0, ...Array<number>(11).fill(0), 1]
    expect(
      decodeAnswer(encodeAnswer('a.test', [{ type: 'AAAA', ttl: 5, address }]), 'AAAA').addresses,
    ).toEqual(['2606:4700::1'])
  })

  it('that there is no such name holds as long as the zone says', () => {
    const answer = encodeAnswer('no.test', [], { code: 3, soa: { ttl: 900, minimum: 60 } })
    expect(decodeAnswer(answer, 'A')).toEqual({ responseCode: 3, addresses: [], ttlSeconds: 60 })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a question', encodeQuestion('a.test', 'A')],
    [
      'half an answer',
      encodeAnswer('a.test', [{ type: 'A', ttl: 1, address: [1, 2, 3, 4] }]).subarray(0, -2),
    ],
    ['an address that is none', encodeAnswer('a.test', [{ type: 'A', ttl: 1, address: [1, 2, 3] }])],
    ['one that was cut off', encodeAnswer('a.test', [], { flags: 0x8200 })],
    ['a name that does not end', Buffer.from([0, 0, 0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63, 65])],
  ])('is refused when it is %s', (_, bytes) => expect(() => decodeAnswer(bytes, 'A')).toThrow(RangeError))

  it('takes any bytes without hanging or failing in another way', () => {
    let state = 7
    const random = (): number => {
      state = (state * 48_271) % 0x7fff_ffff
      return state
    }
    const sound = encodeAnswer('a.test', [{ type: 'A', ttl: 1, address: [1, 2, 3, 4] }])
    for (let round = 0; round < 5_000; round += 1) {
      const bytes = Buffer.from(sound)
      for (let change = 0; change < 4; change += 1)
        bytes[2 + (random() % (bytes.length - 2))] = random() % 256
      try {
        decodeAnswer(bytes, 'A')
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError)
      }
    }
  })
})
