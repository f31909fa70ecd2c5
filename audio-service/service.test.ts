import { afterAll, beforeAll, expect, it } from 'vitest'
import { audioContract, type DecodedItem } from '../contracts/audio.ts'
import { joinChannels, splitChannels } from '../contracts/audio-pcm.ts'
import type { Client } from '../ipc/client.ts'
import { createEndpoint } from '../ipc/endpoint.ts'
import { endpointId, identity } from '../ipc/identity.ts'
import { createMemoryChannel } from '../ipc/transports/memory.ts'
import { startCodecThread } from './codecs/start-thread.ts'
import { serveAudio } from './service.ts'
import { allOf, decodeWhole, fixture, inPieces, joinBlocks, signalToNoise, sine } from './testing/sounds.ts'

const program = new URL('codecs/codec-thread.ts', import.meta.url)
const open: Disposable[] = []
let audio: Client<typeof audioContract>

// One for all: a thread takes longer to start than most of this takes.
beforeAll(() => {
  audio = connect()
})
afterAll(() => {
  for (const part of open.splice(0).reverse()) part[Symbol.dispose]()
})

/** The service, as main speaks to it. */
function connect(): Client<typeof audioContract> {
  const service = createEndpoint({ identity: identity('audio', 'audio') })
  const main = createEndpoint({ identity: identity('controller', 'controller') })
  const [near, far] = createMemoryChannel()
  main.connect(near, service.identity)
  service.connect(far, main.identity)
  const startThread = (): ReturnType<typeof startCodecThread> => startCodecThread(program)
  open.push(service, main, serveAudio({ endpoint: service, startThread, randomSerial: () => 9 }))
  return main.client(audioContract, endpointId('audio'))
}

function blocksOf(items: readonly DecodedItem[], channels: number): Float32Array[] {
  return joinBlocks(
    items.flatMap(item => (item.kind === 'block' ? [splitChannels(item.samples, channels) ?? []] : [])),
  )
}

it('decodes a file that is sent along, counts it, and can convert it on the way', async () => {
  const file = fixture('stereo.mp3')
  const stream = audio.decode({ totalBytes: file.length, convertTo: null }, { input: inPieces(file, 1_000) })
  const items = await allOf(stream)
  const { format, channels } = await decodeWhole(file)
  expect(items[0]).toEqual({ kind: 'format', format })
  expect(blocksOf(items, 2)).toEqual(channels)
  expect(await stream.result).toEqual({ kind: 'whole', frames: 17_640 })

  const converted = audio.decode(
    { totalBytes: null, convertTo: { sampleRate: 16_000, channels: 1 } },
    { input: inPieces(file, 60_000) },
  )
  expect(blocksOf(await allOf(converted), 1)[0]?.length).toBe(6_400)
  expect(await audio.stats({})).toMatchObject({
    decoding: 0,
    decoded: 2,
    broken: 0,
    threads: 1,
    threadsEnded: 0,
  })
})

it('answers for a damaged file with what came before, and where it breaks', async () => {
  const file = fixture('stereo.flac')
  const stream = audio.decode(
    { totalBytes: null, convertTo: null },
    { input: inPieces(file.subarray(0, 8_000), 4_096) },
  )
  const items = await allOf(stream)
  const outcome = await stream.result
  expect(outcome).toMatchObject({ kind: 'broken', cause: 'truncated', frames: expect.any(Number) })
  expect(outcome.kind === 'broken' && outcome.byte > 5_000 && outcome.byte < 8_000).toBe(true)
  expect(blocksOf(items, 2)[0]?.length).toBe(outcome.frames)
  const text = new TextEncoder().encode('not a sound')
  expect(await audio.probe({ head: text, tail: text, totalBytes: 11 })).toMatchObject({
    cause: 'unknownFormat',
  })
})

it('probes a file by its ends', async () => {
  const file = fixture('stereo.opus')
  const found = await audio.probe({ head: file.subarray(0, 2_000), tail: file, totalBytes: file.length })
  expect(found).toMatchObject({
    kind: 'format',
    format: { codec: 'opus', duration: { kind: 'exact', seconds: 0.4 } },
  })
})

it('leaves a file when its reader leaves, and the thread is there for the next', async () => {
  async function* endless(): AsyncGenerator<Uint8Array, void> {
    yield Uint8Array.from(
      Buffer.from(
        'RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0\x80\xbb\0\0\0\x77\x01\0\x02\0\x10\0data\xff\xff\xff\xff',
        'latin1',
      ),
    )
    for (;;) yield new Uint8Array(65_536)
  }
  let items = 0
  for await (const _ of audio.decode({ totalBytes: null, convertTo: null }, { input: endless() })) {
    items += 1
    if (items === 100) break
  }
  const file = fixture('stereo.ogg')
  const next = audio.decode({ totalBytes: null, convertTo: null }, { input: inPieces(file, 65_536) })
  await allOf(next)
  expect(await next.result).toMatchObject({ kind: 'whole' })
  expect(await audio.stats({})).toMatchObject({ decoding: 0, threadsEnded: 0 })
})

it('encodes what is sent along', async () => {
  const tone = sine(440, { sampleRate: 44_100, frames: 44_100, amplitude: 0.5 })
  async function* input(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < tone.length; at += 4_096) yield joinChannels([tone.subarray(at, at + 4_096)])
  }
  const args = { sampleRate: 44_100, channels: 1, title: null, artist: null } as const
  const wav = audio.encode({ to: { kind: 'wav', sample: 'int24' }, ...args }, { input: input() })
  const bytes = Uint8Array.from((await allOf(wav)).flatMap(piece => [...piece]))
  const { header, frames, bytes: size } = await wav.result
  bytes.set(header)
  const { channels, broken } = await decodeWhole(bytes)
  expect([broken, frames, size]).toEqual([null, 44_100, bytes.length])
  expect(signalToNoise(channels[0] ?? tone, tone)).toBeGreaterThan(125)

  const surround = audio.encode(
    { to: { kind: 'opus', bitsPerSecond: 64_000 }, ...args, channels: 6 },
    { input: [] },
  )
  await expect(allOf(surround)).rejects.toMatchObject({ code: 'AUDIO_UNSUPPORTED' })
  const wrong = audio.encode(
    { to: { kind: 'wav', sample: 'int16' }, ...args },
    { input: [new Uint8Array(3)] },
  )
  await expect(allOf(wrong)).rejects.toMatchObject({ code: 'AUDIO_BAD_BLOCK' })
})

it('mixes sources from open to close', async () => {
  const { mixer } = await audio.openMixer({ sampleRate: 48_000, channels: 2, ceiling: -1, patienceMs: null })
  const tone = (hertz: number): Uint8Array[] => [
    joinChannels([sine(hertz, { sampleRate: 48_000, frames: 4_800, amplitude: 0.25 })]),
  ]
  const source = { sampleRate: 48_000, channels: 1, gain: 0 }
  const playing = [
    audio.addSource({ mixer, source: 'left', pan: -1, ...source }, { input: tone(1_000) }),
    audio.addSource({ mixer, source: 'right', pan: 1, ...source }, { input: tone(2_000) }),
  ]
  const twice = audio.addSource({ mixer, source: 'left', pan: 0, ...source }, { input: [] })
  await expect(twice).rejects.toMatchObject({ code: 'AUDIO_SOURCE_EXISTS' })
  await audio.setSource({ mixer, source: 'right', gain: -200, pan: 1, overFrames: 2_400 })
  const mixed = audio.mixed({ mixer, blockFrames: 512, untilSourcesEnd: true })
  const blocks = (await allOf(mixed)).map(({ samples }) => splitChannels(samples, 2) ?? [])
  const [left, right] = joinBlocks(blocks)
  expect(await Promise.all(playing)).toEqual([{ frames: 4_800 }, { frames: 4_800 }])
  const expected = sine(1_000, { sampleRate: 48_000, frames: 4_800, amplitude: 0.25 })
  expect(signalToNoise(left ?? expected, expected)).toBeGreaterThan(120)
  expect(right?.slice(2_400).every(value => value === 0)).toBe(true)
  expect((await audio.stats({})).mixers).toEqual([
    { mixer, sources: 0, frames: (await mixed.result).frames, missedFrames: 0, reduction: 0 },
  ])
  await audio.closeMixer({ mixer })
  await audio.closeMixer({ mixer })
  await expect(audio.removeSource({ mixer, source: 'left' })).rejects.toMatchObject({
    code: 'AUDIO_NO_SUCH_MIXER',
  })
})

it('measures what it hears, and advises a gain', async () => {
  const block = joinChannels([sine(1_000, { sampleRate: 8_000, frames: 8_000, amplitude: 0.5 })])
  const heard = { source: 'tab 1', sampleRate: 8_000, channels: 1, targetLufs: -18, samples: block }
  let last = await audio.analyse(heard)
  for (let second = 0; second < 9; second += 1) last = await audio.analyse(heard)
  expect(last).toEqual({
    loudness: {
      momentary: expect.closeTo(-9, 0),
      shortTerm: expect.closeTo(-9, 0),
      integrated: expect.closeTo(-9, 0),
      range: expect.closeTo(0, 1),
      truePeak: expect.closeTo(-6, 0),
    },
    gain: expect.closeTo(-9, 0),
  })
  await expect(audio.analyse({ ...heard, channels: 3 })).rejects.toMatchObject({ code: 'AUDIO_BAD_BLOCK' })
  expect((await audio.stats({})).metered).toBe(1)
  await audio.forget({ source: 'tab 1' })
  expect((await audio.stats({})).metered).toBe(0)
})
