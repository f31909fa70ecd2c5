import { splitChannels } from '../../contracts/audio-pcm.ts'
import { heardChannels, heardSampleRate, type mediaViewContract } from '../../contracts/media-for-chrome.ts'
import type { Client } from '../../ipc/client.ts'

export type PlayerState = 'silent' | 'playing' | 'paused'

/** What is asked for ahead of what is heard. */
const aheadSeconds = 0.4

/**
 * Makes the mix of the sound files heard: blocks are laid end to end on the clock of the sound hardware, and go out by a
 * hidden audio element. It reads no further ahead than it has to, so that a pause here pauses the whole way.
 */
export class FilePlayer {
  readonly #media: Client<typeof mediaViewContract>
  readonly #onState: (state: PlayerState) => void
  #context: AudioContext | null = null
  #sink: MediaStreamAudioDestinationNode | null = null
  #output: HTMLAudioElement | null = null
  #isListening = false

  constructor(media: Client<typeof mediaViewContract>, onState: (state: PlayerState) => void) {
    this.#media = media
    this.#onState = onState
  }

  /** Begins with a file, or fades over to it. To be called from a press of a button, or the engine keeps silent. */
  async play(id: string, fromSeconds = 0): Promise<void> {
    const context = this.#open()
    await Promise.all([context.resume(), this.#output?.play()])
    await this.#media.playFile({ id, fromSeconds })
    this.#onState('playing')
    if (!this.#isListening) await this.#listen(context)
  }

  async pause(): Promise<void> {
    await this.#context?.suspend()
    this.#onState('paused')
  }

  async resume(): Promise<void> {
    await this.#context?.resume()
    this.#onState('playing')
  }

  #open(): AudioContext {
    if (this.#context !== null) return this.#context
    const context = new AudioContext({ sampleRate: heardSampleRate })
    this.#sink = context.createMediaStreamDestination()
    this.#output = new Audio()
    this.#output.srcObject = this.#sink.stream
    this.#context = context
    return context
  }

  async #listen(context: AudioContext): Promise<void> {
    this.#isListening = true
    let at = 0
    try {
      for await (const samples of this.#media.listen({})) {
        const channels = splitChannels(samples, heardChannels)
        const frames = channels?.[0]?.length ?? 0
        if (channels === null || frames === 0) continue
        const buffer = context.createBuffer(heardChannels, frames, heardSampleRate)
        for (const [place, channel] of channels.entries())
          buffer.copyToChannel(Float32Array.from(channel), place)
        const node = context.createBufferSource()
        node.buffer = buffer
        if (this.#sink !== null) node.connect(this.#sink)
        // What came too late begins now; the sound has a gap then, and no overlap.
        at = Math.max(at, context.currentTime)
        node.start(at)
        at += buffer.duration
        await until(context, at - aheadSeconds)
      }
    } finally {
      this.#isListening = false
      this.#onState('silent')
    }
  }
}

/** Waits by the clock of the sound hardware, which stands still while it is paused. */
async function until(context: AudioContext, moment: number): Promise<void> {
  if (context.currentTime >= moment) return
  const mark = context.createConstantSource()
  const reached = new Promise<void>(resolve => {
    mark.onended = () => resolve()
  })
  mark.connect(context.createGain())
  mark.start()
  mark.stop(moment)
  await reached
  mark.disconnect()
}
