import { joinChannels } from '../../contracts/audio-pcm.ts'
import type { HeardSound } from '../../contracts/page-media.ts'

/** About 170 ms at 48 kHz. */
const windowFrames = 8_192

interface Tap {
  readonly context: AudioContext
  readonly analysers: readonly [AnalyserNode, AnalyserNode]
}

/**
 * Hears what the media elements of a page play, without standing in its way, and makes it quieter. A page can see that
 * its volume was changed; what it then chooses itself is the new measure.
 */
export class SoundOfPage implements Disposable {
  readonly #taps = new WeakMap<HTMLMediaElement, Tap | null>()
  readonly #contexts = new Set<AudioContext>()
  readonly #chosen = new WeakMap<HTMLMediaElement, { readonly own: number; readonly set: number }>()

  hear(playing: readonly HTMLMediaElement[]): HeardSound {
    for (const element of playing) {
      if (element.muted || element.volume === 0) continue
      const tap = this.#tap(element)
      if (tap === null) continue
      const channels = tap.analysers.map(analyser => {
        const samples = new Float32Array(windowFrames)
        analyser.getFloatTimeDomainData(samples)
        return samples
      })
      return {
        kind: 'sound',
        sampleRate: tap.context.sampleRate,
        channels: 2,
        samples: joinChannels(channels),
      }
    }
    return { kind: 'nothing' }
  }

  setGain(playing: readonly HTMLMediaElement[], factor: number): void {
    for (const element of playing) {
      const before = this.#chosen.get(element)
      const own = before !== undefined && before.set === element.volume ? before.own : element.volume
      element.volume = own * factor
      this.#chosen.set(element, { own, set: element.volume })
    }
  }

  [Symbol.dispose](): void {
    for (const context of this.#contexts) context.close().catch(() => {})
    this.#contexts.clear()
  }

  #tap(element: HTMLMediaElement): Tap | null {
    const known = this.#taps.get(element)
    if (known !== undefined) return known
    const made = this.#make(element)
    this.#taps.set(element, made)
    return made
  }

  /** Null for what the engine lets nobody hear, such as sound of another site. */
  #make(element: HTMLMediaElement): Tap | null {
    if (!('captureStream' in element) || typeof element.captureStream !== 'function') return null
    try {
      const stream: unknown = element.captureStream()
      if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return null
      const context = new AudioContext()
      this.#contexts.add(context)
      const splitter = context.createChannelSplitter(2)
      const source = context.createMediaStreamSource(stream)
      source.channelCount = 2
      source.connect(splitter)
      const analysers = [0, 1].map(channel => {
        const analyser = context.createAnalyser()
        analyser.fftSize = windowFrames
        splitter.connect(analyser, channel)
        return analyser
      })
      const [left, right] = analysers
      return left === undefined || right === undefined ? null : { context, analysers: [left, right] }
    } catch {
      return null
    }
  }
}
