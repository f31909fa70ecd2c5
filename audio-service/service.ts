import { audioContract } from '../contracts/audio.ts'
import { joinChannels, splitChannels } from '../contracts/audio-pcm.ts'
import { type Clock, systemClock } from '../ipc/clock.ts'
import type { Endpoint } from '../ipc/endpoint.ts'
import { moved } from '../ipc/moving.ts'
import { type CodecThread, CodecThreads } from './codecs/codec-threads.ts'
import { BadBlockError } from './errors.ts'
import { Levellers } from './loudness/levellers.ts'
import { factorOf } from './mixing/fade.ts'
import { Mixers } from './mixing/mixers.ts'
import { SoundFiles } from './sound-files.ts'

export interface AudioServiceOptions {
  readonly endpoint: Endpoint
  readonly startThread: () => CodecThread
  /** A number from 0 to 2³² - 1 that nobody guesses twice. */
  readonly randomSerial: () => number
  readonly clock?: Clock
}

/** The audio process at work. */
export interface AudioService extends Disposable {
  /** Ends codecs that are kept for the next file; it waits for theirs to start instead. */
  trim(): void
}

/** Serves the audio contract. */
export function serveAudio(options: AudioServiceOptions): AudioService {
  const { endpoint, startThread, randomSerial, clock = systemClock } = options
  const threads = new CodecThreads({ start: startThread, clock })
  const files = new SoundFiles(threads)
  const mixers = new Mixers()
  const levellers = new Levellers()

  const served = endpoint.serve(audioContract, {
    decode: ({ totalBytes, convertTo }, call) => files.decode({ totalBytes, convertTo }, call.input),
    probe: ({ head, tail, totalBytes }) => files.probe(head, { tail, totalBytes }),
    encode: ({ to, sampleRate, channels, title, artist }, call) =>
      files.encode(
        { to, shape: { sampleRate, channels }, tags: { title, artist }, serial: randomSerial() },
        call.input,
      ),
    analyse: ({ source, sampleRate, channels, targetLufs, samples }) => {
      const split = splitChannels(samples, channels)
      if (split === null) throw new BadBlockError(channels)
      return levellers.of(source, { sampleRate, channels }).hear(split, targetLufs)
    },
    forget: ({ source }) => {
      levellers.forget(source)
      return null
    },
    openMixer: ({ sampleRate, channels, ceiling, patienceMs }) => ({
      mixer: mixers.open({ shape: { sampleRate, channels }, ceiling, patienceMs, clock }),
    }),
    addSource: async ({ mixer, source, sampleRate, channels, gain, pan }, call) => {
      const setting = { gain: factorOf(gain), pan }
      const session = mixers.find(mixer)
      return {
        frames: await session.play(source, { sampleRate, channels }, setting, call.input, call.signal),
      }
    },
    setSource: ({ mixer, source, gain, pan, overFrames }) => {
      mixers.find(mixer).set(source, { gain: factorOf(gain), pan }, overFrames)
      return null
    },
    removeSource: ({ mixer, source }) => {
      mixers.find(mixer).remove(source)
      return null
    },
    mixed: async function* ({ mixer, blockFrames, untilSourcesEnd }, call) {
      let frames = 0
      for await (const block of mixers.find(mixer).blocks(blockFrames, untilSourcesEnd, call.signal)) {
        yield { firstFrame: frames, samples: moved(joinChannels(block)) }
        frames += blockFrames
      }
      return { frames }
    },
    closeMixer: ({ mixer }) => {
      mixers.close(mixer)
      return null
    },
    stats: () => ({
      ...files.counts,
      metered: levellers.size,
      mixers: Array.from(mixers, ([mixer, session]) => ({
        mixer,
        sources: session.mixer.sources,
        frames: session.mixer.frames,
        missedFrames: session.mixer.missed,
        reduction: session.mixer.reduction,
      })),
    }),
  })
  return {
    trim: () => threads.endIdle(),
    [Symbol.dispose]() {
      served[Symbol.dispose]()
      mixers.closeAll()
      threads[Symbol.dispose]()
    },
  }
}
