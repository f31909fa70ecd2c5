import { describe, expect, it } from 'vitest'
import { bytesOf, decodeWhole } from '../testing/sounds.ts'

const samples = [0, 0.5, -0.5, 0.25, -1, 0.125]

function formatChunk(tag: number, channels: number, bits: number, rate = 8_000): Uint8Array {
  const block = (channels * bits) / 8
  return bytesOf(
    'fmt ',
    [16, 4],
    [tag, 2],
    [channels, 2],
    [rate, 4],
    [rate * block, 4],
    [block, 2],
    [bits, 2],
  )
}

function riff(...chunks: readonly Uint8Array[]): Uint8Array {
  const content = bytesOf('WAVE', ...chunks)
  return bytesOf('RIFF', [content.length, 4], content)
}

function dataChunk(bytes: Uint8Array, size = bytes.length): Uint8Array {
  return bytesOf('data', [size, 4], bytes)
}

function int(bits: number): Uint8Array {
  const [scale, lift] = [2 ** (bits - 1), bits === 8 ? 128 : 0]
  return bytesOf(...samples.map(value => [(value * scale + lift + 2 ** bits) % 2 ** bits, bits / 8] as const))
}

const floats = new Uint8Array(Float32Array.from(samples).buffer)
const doubles = new Uint8Array(Float64Array.from(samples).buffer)
const subtype = Uint8Array.from([0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113])

async function soundOf(file: Uint8Array): Promise<unknown> {
  const { channels, broken } = await decodeWhole(file, 7)
  return broken === null ? channels.map(channel => [...channel]) : broken.toOutcome(channels[0]?.length ?? 0)
}

describe('WAVE files', () => {
  it.each([
    ['8 bits', 1, 8, int(8)],
    ['16 bits', 1, 16, int(16)],
    ['24 bits', 1, 24, int(24)],
    ['32 bits', 1, 32, int(32)],
    ['floats', 3, 32, floats],
    ['long floats', 3, 64, doubles],
  ] as const)('with %s are read exactly, in one channel and in two', async (_, tag, bits, bytes) => {
    expect(await soundOf(riff(formatChunk(tag, 1, bits), dataChunk(bytes)))).toEqual([samples])
    expect(await soundOf(riff(formatChunk(tag, 2, bits), dataChunk(bytes)))).toEqual([
      [0, -0.5, -1],
      [0.5, 0.25, 0.125],
    ])
  })

  it('in the extensible format, with odd chunks and tags before the samples, are read', async () => {
    const extensible = bytesOf('fmt ', [40, 4], [0xfffe, 2], [1, 2], [8_000, 4], [24_000, 4], [3, 2], [24, 2])
    const rest = bytesOf([22, 2], [24, 2], [4, 4], [1, 2], subtype)
    const tags = bytesOf('LIST', [26, 4], 'INFO', 'INAM', [5, 4], 'Night', [0, 1], 'IART', [0, 4])
    const file = riff(
      bytesOf('odd ', [3, 4], 'abc', [0, 1]),
      bytesOf(extensible, rest),
      tags,
      dataChunk(int(24)),
    )
    expect(await soundOf(file)).toEqual([samples])
    expect((await decodeWhole(file)).format).toMatchObject({ title: 'Night', bitsPerSample: 24 })
  })

  it('of unknown length, and of a length told in 64 bits, are read to their end', async () => {
    const unknown = 0xffff_ffff
    const open = riff(formatChunk(1, 1, 16), dataChunk(int(16), unknown))
    expect(await soundOf(open)).toEqual([samples])
    expect((await decodeWhole(open)).format?.duration).toEqual({ kind: 'unknown' })
    const sizes = bytesOf('ds64', [28, 4], [100, 8], [12, 8], [6, 8], [0, 4])
    const long = bytesOf(
      'RF64',
      [unknown, 4],
      'WAVE',
      sizes,
      formatChunk(1, 1, 16),
      dataChunk(int(16), unknown),
      'junk',
    )
    expect(await soundOf(long)).toEqual([samples])
    expect((await decodeWhole(long)).format?.duration).toEqual({ kind: 'exact', seconds: 6 / 8_000 })
  })

  it('that cannot be read say where, and give what came before', async () => {
    const head = riff(formatChunk(1, 1, 16))
    const cases = {
      'cut within a sample': riff(formatChunk(1, 1, 16), dataChunk(int(16).subarray(0, 7), 12)),
      'cut within the format': riff(formatChunk(1, 1, 16)).subarray(0, 30),
      'no samples': head,
      'samples before the format': riff(dataChunk(int(16)), formatChunk(1, 1, 16)),
      'no channels': riff(bytesOf('fmt ', [16, 4], [1, 2], [0, 2], [8_000, 4], [0, 4], [0, 2], [16, 2])),
      'blocks that do not fit': riff(
        bytesOf('fmt ', [16, 4], [1, 2], [2, 2], [8_000, 4], [0, 4], [5, 2], [16, 2]),
      ),
      'a codec within': riff(formatChunk(85, 1, 16), dataChunk(int(16))),
      'a format of no size': riff(bytesOf('fmt ', [2, 4], [1, 2])),
      'a hundred channels': riff(formatChunk(1, 100, 16), dataChunk(int(16))),
    }
    const found: Record<string, unknown> = {}
    for (const [name, file] of Object.entries(cases)) found[name] = await soundOf(file)
    expect(found).toEqual({
      'cut within a sample': broken('truncated', 50, 3),
      'cut within the format': broken('truncated', 20, 0),
      'no samples': broken('truncated', 36, 0),
      'samples before the format': broken('damaged', 12, 0),
      'no channels': broken('damaged', 20, 0),
      'blocks that do not fit': broken('damaged', 32, 0),
      'a codec within': broken('unsupported', 20, 0),
      'a format of no size': broken('damaged', 12, 0),
      'a hundred channels': broken('unsupported', 22, 0),
    })
  })

  it('with numbers that are none are silent there', async () => {
    const bad = new Uint8Array(Float32Array.of(Number.NaN, 0.5, Number.POSITIVE_INFINITY).buffer)
    expect(await soundOf(riff(formatChunk(3, 1, 32), dataChunk(bad)))).toEqual([[0, 0.5, 0]])
  })
})

function broken(cause: string, byte: number, frames: number): unknown {
  return { kind: 'broken', cause, byte, frames, problem: expect.any(String) }
}
