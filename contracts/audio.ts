import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, method } from '../ipc/contract.ts'
import { mostBlockBytes, mostChannels } from './audio-pcm.ts'
import { roles } from './roles.ts'

/** Bytes of a file that one item of a stream holds at most. */
export const mostFileBytes = 65_536
/** Of the beginning that `probe` looks at: pictures may stand before what it looks for. */
const mostHeadBytes = 1_048_576

const controller = roles('controller')
const Channels = Type.Integer({ minimum: 1, maximum: mostChannels })
/** In hertz. */
const SampleRate = Type.Integer({ minimum: 1_000, maximum: 768_000 })
/** Blocks are laid out as `audio-pcm.ts` says; those of one stream may differ in length. */
const Samples = bytes({ maxBytes: mostBlockBytes })
const FileBytes = bytes({ maxBytes: mostFileBytes })
const Count = Type.Integer({ minimum: 0 })
const Decibels = Type.Number({ minimum: -200, maximum: 60 })
/** Null stands for silence, whose level has no number. */
const Level = Type.Union([Type.Number(), Type.Null()])
/** A gain of the mixer; -120 and less is silence. */
const Gain = Type.Number({ minimum: -200, maximum: 24 })
/** -1 is left, 1 is right. */
const Pan = Type.Number({ minimum: -1, maximum: 1 })
const Text = Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()])
const MixerId = Type.Integer({ minimum: 1 })
/** Named by whoever adds it. */
const SourceId = Type.String({ minLength: 1, maxLength: 100 })

/** What a file says of itself. */
export const AudioFormat = Type.Object({
  codec: Type.Union([
    Type.Literal('pcm'),
    Type.Literal('float'),
    Type.Literal('mp3'),
    Type.Literal('vorbis'),
    Type.Literal('opus'),
    Type.Literal('flac'),
  ]),
  container: Type.Union([
    Type.Literal('wav'),
    Type.Literal('mpeg'),
    Type.Literal('ogg'),
    Type.Literal('flac'),
  ]),
  /** Of the samples as they are decoded, before any conversion that was asked for. */
  sampleRate: SampleRate,
  channels: Channels,
  /** Null where the codec has none. */
  bitsPerSample: Type.Union([Type.Integer({ minimum: 1, maximum: 64 }), Type.Null()]),
  duration: Type.Union([
    Type.Object({ kind: Type.Literal('exact'), seconds: Type.Number({ minimum: 0 }) }),
    /** Reckoned from the size of the file and its first frame. */
    Type.Object({ kind: Type.Literal('estimated'), seconds: Type.Number({ minimum: 0 }) }),
    Type.Object({ kind: Type.Literal('unknown') }),
  ]),
  title: Text,
  artist: Text,
})
export type AudioFormat = Static<typeof AudioFormat>

/** What is wrong with a file. */
export const BrokenAudio = Type.Object({
  kind: Type.Literal('broken'),
  cause: Type.Union([
    /** The beginning is that of no format known here. */
    Type.Literal('unknownFormat'),
    /** A known format with something in it that is not done here. */
    Type.Literal('unsupported'),
    /** A checksum or a rule of the format does not hold. */
    Type.Literal('damaged'),
    /** It ends before it should. */
    Type.Literal('truncated'),
    /** The decoder did not answer in its time, or ran out of memory, and was ended. */
    Type.Literal('gaveUp'),
  ]),
  /** Where in the file, from its beginning: the first byte of the part that cannot be used. */
  byte: Count,
  /** How many frames were decoded before it. */
  frames: Count,
  /** For people. */
  problem: Type.String({ maxLength: 500 }),
})
export type BrokenAudio = Static<typeof BrokenAudio>

/** How decoding ended. What came before damage was delivered and is good. */
export const DecodeOutcome = Type.Union([
  Type.Object({ kind: Type.Literal('whole'), frames: Count }),
  BrokenAudio,
])
export type DecodeOutcome = Static<typeof DecodeOutcome>

export const DecodedItem = Type.Union([
  /** First, once. */
  Type.Object({ kind: Type.Literal('format'), format: AudioFormat }),
  Type.Object({ kind: Type.Literal('block'), firstFrame: Count, frames: Count, samples: Samples }),
])
export type DecodedItem = Static<typeof DecodedItem>

/** What to encode to. */
export const EncodeFormat = Type.Union([
  Type.Object({
    kind: Type.Literal('wav'),
    sample: Type.Union([Type.Literal('int16'), Type.Literal('int24'), Type.Literal('float32')]),
  }),
  /** One or two channels; any sample rate, converted to 48 kHz. */
  Type.Object({
    kind: Type.Literal('opus'),
    bitsPerSecond: Type.Integer({ minimum: 6_000, maximum: 510_000 }),
  }),
])
export type EncodeFormat = Static<typeof EncodeFormat>

/** Levels by ITU-R BS.1770-4 and EBU R 128. */
export const Loudness = Type.Object({
  /** Of the last 400 ms, in LUFS. */
  momentary: Level,
  /** Of the last 3 s, in LUFS. */
  shortTerm: Level,
  /** Gated, over everything heard of this source, in LUFS. */
  integrated: Level,
  /** By EBU Tech 3342, in LU; 0 until there is something to compare. */
  range: Type.Number({ minimum: 0 }),
  /** In dB over full scale, between the samples too. */
  truePeak: Level,
})
export type Loudness = Static<typeof Loudness>

const SourceShape = { gain: Gain, pan: Pan }

/**
 * Sound: bytes of files in, samples out, and back; mixing; loudness. Runs in the audio process, which reaches neither
 * network nor files. Errors beside those of the framework: AUDIO_BAD_BLOCK (samples that are no whole frames, or of
 * another number of channels), AUDIO_NO_SUCH_MIXER, AUDIO_NO_SUCH_SOURCE, AUDIO_SOURCE_EXISTS, AUDIO_UNSUPPORTED (an
 * encoding that cannot be), AUDIO_BUSY (more at once than the process takes; may be tried again).
 */
export const audioContract = defineContract('audio', {
  methods: {
    /**
     * Decodes a file that is sent along as it is read. The format is told by its content. `totalBytes` helps to
     * reckon the duration. With `convertTo` the blocks come at that rate, in so many channels. Reading slowly
     * makes the service read slowly: neither side keeps more than a few blocks.
     */
    decode: method({
      args: Type.Object({
        totalBytes: Type.Union([Count, Type.Null()]),
        convertTo: Type.Union([Type.Object({ sampleRate: SampleRate, channels: Channels }), Type.Null()]),
      }),
      input: FileBytes,
      item: DecodedItem,
      result: DecodeOutcome,
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
      sensitive: true,
    }),
    /**
     * Tells a format by the beginning of a file (64 KiB mostly do, the whole of a small file always does) and, for the
     * duration of Ogg files, its end. Decodes nothing. A beginning that is too short is answered as truncated.
     */
    probe: method({
      args: Type.Object({
        head: bytes({ maxBytes: mostHeadBytes }),
        tail: FileBytes,
        totalBytes: Type.Union([Count, Type.Null()]),
      }),
      result: Type.Union([Type.Object({ kind: Type.Literal('format'), format: AudioFormat }), BrokenAudio]),
      callers: controller,
      deadlineMs: 5_000,
      idempotent: true,
      sensitive: true,
    }),
    /**
     * Encodes blocks of samples to the bytes of a file. `header` of the result replaces the first bytes of the file:
     * a WAVE header tells the size, which is not known before the end. It is empty where nothing need be replaced.
     */
    encode: method({
      args: Type.Object({
        to: EncodeFormat,
        sampleRate: SampleRate,
        channels: Channels,
        title: Text,
        artist: Text,
      }),
      input: Samples,
      item: FileBytes,
      result: Type.Object({ frames: Count, bytes: Count, header: FileBytes }),
      callers: controller,
      deadlineMs: 30_000,
      idempotent: true,
      sensitive: true,
    }),
    /**
     * Takes the next samples of a source, measures all that was heard of it, and advises a gain towards `targetLufs`.
     * The gain moves slowly, by a bounded step for each second heard, and never so far that its peaks would clip.
     * Sources unknown so far are begun; the one that was silent longest is forgotten beyond 256.
     */
    analyse: method({
      args: Type.Object({
        source: SourceId,
        sampleRate: SampleRate,
        channels: Channels,
        targetLufs: Type.Number({ minimum: -40, maximum: -5 }),
        samples: Samples,
      }),
      result: Type.Object({ loudness: Loudness, gain: Decibels }),
      callers: controller,
      deadlineMs: 5_000,
      idempotent: false,
      sensitive: true,
    }),
    /** Forgets what was heard of a source of `analyse`. */
    forget: method({
      args: Type.Object({ source: SourceId }),
      result: Type.Null(),
      callers: controller,
      idempotent: true,
    }),
    /**
     * Opens a mixer. Its output is limited so that no peak, between the samples too, exceeds `ceiling` (dB over full
     * scale, -1 is usual). A source that has nothing ready holds the mix up for `patienceMs` at most, then counts
     * as silent; null waits as long as it takes (for work that is not heard live).
     */
    openMixer: method({
      args: Type.Object({
        sampleRate: SampleRate,
        channels: Type.Integer({ minimum: 1, maximum: 2 }),
        ceiling: Type.Number({ minimum: -60, maximum: 0 }),
        patienceMs: Type.Union([Type.Integer({ minimum: 0, maximum: 60_000 }), Type.Null()]),
      }),
      result: Type.Object({ mixer: MixerId }),
      callers: controller,
      idempotent: false,
    }),
    /**
     * Adds a source and sends its samples along, converted to the rate and channels of the mixer. Answers when all of it
     * has been mixed, or the source was removed. Its samples are taken as the mix needs them.
     */
    addSource: method({
      args: Type.Object({
        mixer: MixerId,
        source: SourceId,
        sampleRate: SampleRate,
        channels: Channels,
        ...SourceShape,
      }),
      input: Samples,
      result: Type.Object({ frames: Count }),
      callers: controller,
      /** As long as a source plays. */
      deadlineMs: 24 * 3_600_000,
      idempotent: false,
      sensitive: true,
    }),
    /**
     * Moves the gain and pan of a source to new values along a straight line, over so many frames of the mix from the
     * next frame on: a fade. 0 frames means at once, smoothed over a few milliseconds so that it does not click.
     */
    setSource: method({
      args: Type.Object({
        mixer: MixerId,
        source: SourceId,
        ...SourceShape,
        overFrames: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
      }),
      result: Type.Null(),
      callers: controller,
      idempotent: true,
    }),
    /** Takes a source away; its `addSource` answers. */
    removeSource: method({
      args: Type.Object({ mixer: MixerId, source: SourceId }),
      result: Type.Null(),
      callers: controller,
      idempotent: true,
    }),
    /**
     * The mix, block after block as they are read. Waits while there is no source; ends when the mixer is closed, or, with
     * `untilSourcesEnd`, when the last source has ended: the last blocks end in silence. One reader at a time (AUDIO_BUSY).
     */
    mixed: method({
      args: Type.Object({
        mixer: MixerId,
        blockFrames: Type.Integer({ minimum: 64, maximum: 8_192 }),
        untilSourcesEnd: Type.Boolean(),
      }),
      item: Type.Object({ firstFrame: Count, samples: Samples }),
      result: Type.Object({ frames: Count }),
      callers: controller,
      deadlineMs: 24 * 3_600_000,
      idempotent: false,
      sensitive: true,
    }),
    /** Ends its stream and its sources. */
    closeMixer: method({
      args: Type.Object({ mixer: MixerId }),
      result: Type.Null(),
      callers: controller,
      idempotent: true,
    }),
    /** What the process does and has done. */
    stats: method({
      args: Type.Object({}),
      result: Type.Object({
        decoding: Count,
        decoded: Count,
        broken: Count,
        encoding: Count,
        /** Threads of codecs that run, and that had to be ended because they hung or died. */
        threads: Count,
        threadsEnded: Count,
        /** Sources that `analyse` knows. */
        metered: Count,
        mixers: Type.Array(
          Type.Object({
            mixer: MixerId,
            sources: Count,
            frames: Count,
            /** Frames in which a source had nothing ready. */
            missedFrames: Count,
            /** How much the limiter takes away now, 0 or less. */
            reduction: Decibels,
          }),
        ),
      }),
      callers: controller,
      idempotent: true,
    }),
  },
})
