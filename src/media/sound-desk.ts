import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { audioContract, DecodeOutcome } from '../../contracts/audio.ts'
import { mostFileBytes } from '../../contracts/audio.ts'
import { splitChannels } from '../../contracts/audio-pcm.ts'
import { heardChannels, heardSampleRate, type SoundFile } from '../../contracts/media-for-chrome.ts'
import type { Client } from '../../ipc/client.ts'

export interface SoundDeskOptions {
  readonly audio: Client<typeof audioContract>
  /** Runs work on the audio process, starting it when it does not run. */
  readonly withAudio: <T>(work: () => Promise<T>) => Promise<T>
  readonly onChange: () => void
}

interface Held {
  readonly path: string
  file: SoundFile
}

interface Playing {
  readonly id: string
  readonly source: string
  /** Of its fade, once it was let go of. */
  framesLeft: number
}

const fadeFrames = heardSampleRate
const blockFrames = 2_048
/** In dB over full scale; the limit that streaming services set. */
const ceiling = -1
/** Where files are brought to, as tabs are. */
const targetLufs = -18
const longestPauseMs = 24 * 3_600_000

/**
 * Plays sound files: read here, decoded, levelled and mixed in the audio process, heard in the window. Nothing is read
 * ahead of what is heard, except a few blocks.
 */
export class SoundDesk implements Disposable {
  readonly #options: SoundDeskOptions
  readonly #files = new Map<string, Held>()
  #playing: Playing | null = null
  #mixer: Promise<number> | null = null
  #sourceCount = 0
  #isOver = false

  constructor(options: SoundDeskOptions) {
    this.#options = options
  }

  files(): readonly SoundFile[] {
    return [...this.#files.values()].map(({ file }) => file)
  }

  add(paths: readonly string[]): void {
    for (const filePath of paths) {
      const id = randomUUID()
      const name = path.basename(filePath).slice(0, 500)
      const unknown = { title: null, artist: null, durationSeconds: null }
      this.#files.set(id, { path: filePath, file: { id, name, ...unknown, state: { kind: 'waiting' } } })
    }
    this.#options.onChange()
  }

  remove(id: string): void {
    if (this.#playing?.id === id) this.#fadeOut()
    if (this.#files.delete(id)) this.#options.onChange()
  }

  /** Resolves once the file has begun; what comes of it shows in its state. */
  async play(id: string, fromSeconds: number): Promise<void> {
    const held = this.#files.get(id)
    if (held === undefined) return
    this.#fadeOut()
    this.#sourceCount += 1
    const playing: Playing = { id, source: `file:${this.#sourceCount}`, framesLeft: fadeFrames }
    this.#playing = playing
    this.#change(id, { state: { kind: 'playing' } })
    const mixer = await this.#openMixer()
    // Another file, or none, was asked for meanwhile.
    if (this.#playing !== playing) return
    void this.#feed(held, playing, mixer, fromSeconds)
  }

  /** The mix, until nothing plays any more. */
  async *listen(): AsyncGenerator<Uint8Array, Record<never, never>, void> {
    const opened = this.#openMixer()
    const mixer = await opened
    const { audio } = this.#options
    let isWhole = false
    try {
      for await (const { samples } of audio.mixed({ mixer, blockFrames, untilSourcesEnd: true }))
        yield samples
      isWhole = true
    } finally {
      this.#forgetMixer(opened)
      // Nobody hears it any more; what ended by itself tells how.
      if (!isWhole) this.#fadeOut()
      audio.closeMixer({ mixer }).catch(() => {})
    }
    return {}
  }

  [Symbol.dispose](): void {
    this.#isOver = true
  }

  /** One mixer for everything that is heard; the process that had it may have gone since. */
  #openMixer(): Promise<number> {
    if (this.#mixer !== null) return this.#mixer
    const opening = this.#options
      .withAudio(() =>
        this.#options.audio.openMixer({
          sampleRate: heardSampleRate,
          channels: heardChannels,
          ceiling,
          // What does not come leaves a gap in what is heard, and not one in the music.
          patienceMs: null,
        }),
      )
      .then(({ mixer }) => mixer)
    this.#mixer = opening
    opening.catch(() => this.#forgetMixer(opening))
    return opening
  }

  /** Unless there is another one already, which somebody hears. */
  #forgetMixer(opened: Promise<number> | null): void {
    if (this.#mixer === opened) this.#mixer = null
  }

  /** Lets go of what plays, within a second of what is heard: where the window pauses, the fade pauses too. */
  #fadeOut(): void {
    const playing = this.#playing
    if (playing === null) return
    this.#playing = null
    playing.framesLeft = fadeFrames
    if (this.#files.get(playing.id)?.file.state.kind === 'playing')
      this.#change(playing.id, { state: { kind: 'waiting' } })
    const { audio } = this.#options
    void this.#mixer
      ?.then(mixer =>
        audio.setSource({ mixer, source: playing.source, gain: -120, pan: 0, overFrames: fadeFrames }),
      )
      .catch(() => {})
  }

  async #feed(held: Held, playing: Playing, mixer: number, fromSeconds: number): Promise<void> {
    const { audio, withAudio } = this.#options
    try {
      const size = await sizeOf(held.path)
      const outcome = await withAudio(async () => {
        const decoded: { outcome: DecodeOutcome | null } = { outcome: null }
        await audio.addSource(
          {
            mixer,
            source: playing.source,
            sampleRate: heardSampleRate,
            channels: heardChannels,
            gain: 0,
            pan: 0,
          },
          {
            input: this.#blocks(held, playing, { mixer, fromSeconds, size }, result => {
              decoded.outcome = result
            }),
          },
        )
        return decoded.outcome
      })
      this.#ended(playing, outcome)
    } catch (error) {
      // A file that nobody waits for any more says nothing of the mixer that the next one is heard by.
      if (this.#playing === playing) {
        // The process that had the mixer may be gone; the next file gets another.
        this.#mixer = null
        // A file that never began has nobody who ends the mix.
        audio.closeMixer({ mixer }).catch(() => {})
      }
      const problem = error instanceof Error ? error.message : 'unknown error'
      this.#finish(playing, { kind: 'broken', problem, byte: null })
    }
  }

  async *#blocks(
    held: Held,
    playing: Playing,
    { mixer, fromSeconds, size }: { mixer: number; fromSeconds: number; size: number },
    onOutcome: (outcome: DecodeOutcome) => void,
  ): AsyncGenerator<Uint8Array, void, void> {
    const { audio } = this.#options
    const input = createReadStream(held.path, { highWaterMark: mostFileBytes })
    const firstFrame = Math.round(fromSeconds * heardSampleRate)
    let gain = 0
    try {
      const decoding = audio.decode(
        { totalBytes: size, convertTo: { sampleRate: heardSampleRate, channels: heardChannels } },
        // As long as a person pauses: nothing is decoded that is not heard.
        { input, deadlineMs: longestPauseMs },
      )
      for await (const item of decoding) {
        if (this.#isOver) return
        if (item.kind === 'format') {
          const { title, artist, duration } = item.format
          const durationSeconds = duration.kind === 'unknown' ? null : duration.seconds
          this.#change(playing.id, { title, artist, durationSeconds })
          continue
        }
        if (item.firstFrame + item.frames <= firstFrame) continue
        if (playing.framesLeft <= 0) return
        if (this.#playing !== playing) playing.framesLeft -= item.frames
        gain = await this.#level(mixer, playing, item.samples, gain)
        yield item.samples
      }
      onOutcome(await decoding.result)
    } finally {
      input.destroy()
    }
  }

  /** Gives a file the gain that brings it to the loudness of the others. */
  async #level(mixer: number, playing: Playing, samples: Uint8Array, before: number): Promise<number> {
    const { audio } = this.#options
    if (splitChannels(samples, heardChannels) === null || this.#playing !== playing) return before
    const { gain } = await audio.analyse({
      source: playing.source,
      sampleRate: heardSampleRate,
      channels: heardChannels,
      targetLufs,
      samples,
    })
    if (Math.abs(gain - before) < 0.1 || this.#playing !== playing) return before
    await audio.setSource({
      mixer,
      source: playing.source,
      gain: Math.min(gain, 24),
      pan: 0,
      overFrames: blockFrames,
    })
    return gain
  }

  #ended(playing: Playing, outcome: DecodeOutcome | null): void {
    if (outcome === null) return
    this.#finish(
      playing,
      outcome.kind === 'whole'
        ? { kind: 'played' }
        : { kind: 'broken', problem: outcome.problem, byte: outcome.byte },
    )
  }

  #finish(playing: Playing, state: SoundFile['state']): void {
    this.#options.audio.forget({ source: playing.source }).catch(() => {})
    if (this.#playing !== playing) return
    this.#playing = null
    this.#change(playing.id, { state })
  }

  #change(id: string, change: Partial<SoundFile>): void {
    const held = this.#files.get(id)
    if (held === undefined) return
    held.file = { ...held.file, ...change }
    this.#options.onChange()
  }
}

async function sizeOf(filePath: string): Promise<number> {
  try {
    return (await stat(filePath)).size
  } catch (error) {
    throw new UnreadableFileError(filePath, error)
  }
}

/** The file is not there any more, or may not be read. */
class UnreadableFileError extends Error {
  readonly code = 'FILE_UNREADABLE'

  constructor(filePath: string, cause: unknown) {
    super(
      `${path.basename(filePath)} could not be read. See whether it is still there, then open it again.`,
      {
        cause,
      },
    )
  }
}
