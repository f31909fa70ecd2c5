import { OfflineAudioContext } from 'node-web-audio-api'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { median } from '../result.ts'
import { type LongFile, longFlac, longMp3, longVorbis, longWav } from './long-files.ts'
import { type AudioResult, result } from './results.ts'
import { buildAudio, type RunningAudio, startAudio } from './start-audio.ts'

/** Decoding through the audio process, from the caller's first byte to its last sample, beside a peer in one thread. */
export async function decoding(seconds: number, runs: number): Promise<AudioResult[]> {
  const mp3 = longMp3(seconds)
  const wav = await longWav(mp3)
  await using running = startAudio(await buildAudio('bench-audio'))
  const opus = await encodeOpus(running, wav)
  const results: AudioResult[] = []
  for (const file of [wav, mp3, await longVorbis(seconds), opus, await longFlac(seconds)]) {
    const ours: number[] = []
    const theirs: number[] = []
    const peer = file.name === 'opus' ? opusPeer : webAudioPeer
    for (let run = 0; run < runs + 1; run += 1) {
      // The first run warms both up.
      const times = [await timed(() => decodeOurs(running, file)), await timed(() => peer.decode(file))]
      if (run === 0) continue
      ours.push(times[0] ?? Number.NaN)
      theirs.push(times[1] ?? Number.NaN)
    }
    results.push(
      result({
        name: `decode ${file.name}`,
        unit: 'times real time',
        value: median(ours),
        baseline: { name: peer.name, value: median(theirs) },
        target: { atLeast: 100 },
      }),
    )
  }
  return results
}

/** How many seconds of sound a second of work gives. */
async function timed(work: () => Promise<number>): Promise<number> {
  const startedMs = performance.now()
  const seconds = await work()
  return (seconds * 1_000) / (performance.now() - startedMs)
}

async function decodeOurs({ audio }: RunningAudio, { name, bytes }: LongFile): Promise<number> {
  let sampleRate = Number.NaN
  const stream = audio.decode({ totalBytes: bytes.length, convertTo: null }, { input: piecesOf(bytes) })
  for await (const item of stream) if (item.kind === 'format') sampleRate = item.format.sampleRate
  const outcome = await stream.result
  if (outcome.kind === 'broken') throw new TypeError(`${name}: ${outcome.problem} at ${outcome.byte}`)
  return outcome.frames / sampleRate
}

async function encodeOpus({ audio }: RunningAudio, { bytes }: LongFile): Promise<LongFile> {
  const shape = { sampleRate: 48_000, channels: 2 }
  const decoded = audio.decode({ totalBytes: null, convertTo: shape }, { input: piecesOf(bytes) })
  async function* samples(): AsyncGenerator<Uint8Array, void> {
    for await (const item of decoded) if (item.kind === 'block') yield item.samples
  }
  const to = { kind: 'opus', bitsPerSecond: 128_000 } as const
  const pieces: Uint8Array[] = []
  const encoding = audio.encode({ to, ...shape, title: null, artist: null }, { input: samples() })
  for await (const piece of encoding) pieces.push(piece)
  return { name: 'opus', bytes: new Uint8Array(Buffer.concat(pieces)) }
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

/** Symphonia under Rust bindings, which resamples nothing here: the context has the rate of the files. */
const webAudioPeer = {
  name: 'node-web-audio-api',
  async decode({ bytes }: LongFile): Promise<number> {
    const context = new OfflineAudioContext(2, 1, 44_100)
    return (await context.decodeAudioData(bytes.slice().buffer)).duration
  },
}

const opusPeer = {
  name: 'ogg-opus-decoder',
  async decode({ bytes }: LongFile): Promise<number> {
    const decoder = new OggOpusDecoder()
    await decoder.ready
    const { samplesDecoded } = await decoder.decodeFile(bytes)
    decoder.free()
    return samplesDecoded / 48_000
  },
}
