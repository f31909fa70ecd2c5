import { mostFileBytes } from '../../contracts/audio.ts'
import { splitChannels } from '../../contracts/audio-pcm.ts'
import type { Encoder } from '../encoding/encoder.ts'
import { OpusEncoder } from '../encoding/opus-encoder.ts'
import { WavEncoder } from '../encoding/wav-encoder.ts'
import { BrokenFileError } from '../files/broken-file.ts'
import { ByteReader } from '../files/byte-reader.ts'
import { decodeFile, probeFile } from '../files/open-file.ts'
import { Converter } from '../resampling/converter.ts'
import { BlockMaker } from './block-maker.ts'
import type { CodecJob, JobOutput, JobResult } from './job.ts'

type Job<Kind extends CodecJob['kind']> = Extract<CodecJob, { kind: Kind }>
type Running = AsyncGenerator<JobOutput, JobResult, void>

/** Does one job. Input is asked for only when it is needed, and nothing is done before an output was taken. */
export function runJob(job: CodecJob, input: AsyncIterable<Uint8Array>): Running {
  switch (job.kind) {
    case 'decode':
      return decode(job, input)
    case 'probe':
      return probe(job, input)
    case 'encode':
      return encode(job, input)
  }
}

async function* decode({ totalBytes, convertTo }: Job<'decode'>, input: AsyncIterable<Uint8Array>): Running {
  const reader = new ByteReader(input)
  const blocks = new BlockMaker()
  let converter: Converter | null = null
  let frames = 0
  function* give(made: Iterable<readonly Float32Array[]>): Generator<JobOutput, void> {
    for (const channels of made) {
      frames += channels[0]?.length ?? 0
      yield { kind: 'block', channels }
    }
  }
  let broken: BrokenFileError | null = null
  try {
    for await (const decoded of decodeFile(reader, { totalBytes })) {
      if (decoded.kind === 'format') {
        converter = convertTo === null ? null : new Converter(decoded.format, convertTo)
        yield { kind: 'format', format: decoded.format }
      } else {
        yield* give(blocks.add(converter?.convert(decoded.channels) ?? decoded.channels))
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    broken = error
  }
  // What came before damage is good.
  if (converter !== null) yield* give(blocks.add(converter.finish()))
  yield* give(blocks.rest())
  return broken?.toOutcome(frames) ?? { kind: 'whole', frames }
}

// biome-ignore lint/correctness/useYield: a job like the others, with nothing to give on the way.
async function* probe({ tail, totalBytes }: Job<'probe'>, input: AsyncIterable<Uint8Array>): Running {
  try {
    return { kind: 'probed', format: await probeFile(new ByteReader(input), tail, { totalBytes }) }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    return error.toOutcome(0)
  }
}

async function* encode(job: Job<'encode'>, input: AsyncIterable<Uint8Array>): Running {
  using encoder = encoderFor(job)
  let frames = 0
  let bytes = 0
  function* give(made: Uint8Array): Generator<JobOutput, void> {
    for (let from = 0; from < made.length; from += mostFileBytes) {
      const piece = made.slice(from, from + mostFileBytes)
      bytes += piece.length
      yield { kind: 'bytes', bytes: piece }
    }
  }
  yield* give(encoder.begin())
  for await (const samples of input) {
    const channels = splitChannels(samples, job.shape.channels)
    if (channels === null) return { kind: 'badBlock' }
    frames += channels[0]?.length ?? 0
    yield* give(encoder.encode(channels))
  }
  const { bytes: last, header } = encoder.finish()
  yield* give(last)
  return { kind: 'encoded', frames, bytes, header }
}

function encoderFor({ to, shape, tags, serial }: Job<'encode'>): Encoder {
  switch (to.kind) {
    case 'wav':
      return new WavEncoder(shape, to.sample)
    case 'opus':
      return new OpusEncoder(shape, to.bitsPerSecond, tags, serial)
  }
}
