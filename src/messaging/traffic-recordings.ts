import type { Clock } from '../../ipc/clock.ts'
import type { Contract } from '../../ipc/contract.ts'
import { type Envelope, messagesIn } from '../../ipc/envelope.ts'
import type { EndpointId } from '../../ipc/identity.ts'
import { Recorder } from '../../ipc/recording/recorder.ts'

export interface TrafficRecordingsOptions {
  /** Whose messages are recorded. */
  readonly endpoint: EndpointId
  readonly contracts: readonly Contract[]
  readonly clock: Clock
  /** Shows every message of that endpoint until it is disposed. */
  readonly watch: (observer: (envelope: Envelope) => void) => Disposable
  readonly maxRecordingBytes?: number
  readonly maxWaitingCharacters?: number
}

/** Enough for hours of an ordinary session, and small enough for any disk. */
const defaultMaxRecordingBytes = 256 * 1024 * 1024
/** What waits to be fetched, while whoever records is slow. */
const defaultMaxWaitingCharacters = 16 * 1024 * 1024
/** Handed out at a time: well below what one message may hold. */
const maxBatchCharacters = 2 * 1024 * 1024

interface Recording {
  readonly recorder: Recorder
  readonly waiting: WaitingLines
  readonly watching: Disposable
}

/**
 * Recordings that are being made, one for each command line that asked. Lines wait here until they are fetched, so that
 * one who records slowly slows nobody down: what it does not fetch in time is missing in its recording, which says so.
 */
export class TrafficRecordings implements Disposable {
  readonly #options: TrafficRecordingsOptions
  readonly #recordings = new Map<EndpointId, Recording>()

  constructor(options: TrafficRecordingsOptions) {
    this.#options = options
  }

  /** The lines since the last time; the first time begins a recording. */
  take(
    peer: EndpointId,
    { isWhole, isLast }: { readonly isWhole: boolean; readonly isLast: boolean },
  ): { lines: string[]; isOver: boolean } {
    let recording = this.#recordings.get(peer)
    if (recording === undefined) {
      recording = this.#begin(isWhole)
      this.#recordings.set(peer, recording)
    }
    if (isLast) recording.recorder.end()
    const lines = recording.waiting.take()
    const isOver = recording.recorder.isOver && recording.waiting.isEmpty
    if (isOver) this.end(peer)
    return { lines, isOver }
  }

  /** Whoever records has gone. */
  end(peer: EndpointId): void {
    this.#recordings.get(peer)?.watching[Symbol.dispose]()
    this.#recordings.delete(peer)
  }

  [Symbol.dispose](): void {
    for (const peer of [...this.#recordings.keys()]) this.end(peer)
  }

  #begin(isWhole: boolean): Recording {
    const { endpoint, contracts, clock, watch, ...limits } = this.#options
    const { maxRecordingBytes = defaultMaxRecordingBytes } = limits
    const { maxWaitingCharacters = defaultMaxWaitingCharacters } = limits
    const waiting = new WaitingLines(maxWaitingCharacters)
    const recorder = new Recorder({
      endpoint,
      contracts,
      clock,
      isWhole,
      maxBytes: maxRecordingBytes,
      write: line => waiting.add(line),
    })
    const watching = watch(envelope => {
      for (const message of messagesIn(envelope)) if (!this.#isOfRecorder(message)) recorder.observe(message)
    })
    return { recorder, waiting, watching }
  }

  /** Recording the fetching of what was recorded would never come to an end. */
  #isOfRecorder({ source, target }: Envelope): boolean {
    return this.#recordings.has(source) || this.#recordings.has(target)
  }
}

/** Lines on their way to whoever records. */
class WaitingLines {
  readonly #maxCharacters: number
  #lines: string[] = []
  #characters = 0

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0
  }

  /** False when there is no room for it now, or never will be. */
  add(line: string): boolean {
    if (line.length > maxBatchCharacters || this.#characters + line.length > this.#maxCharacters) return false
    this.#lines.push(line)
    this.#characters += line.length
    return true
  }

  /** As many as may travel together. */
  take(): string[] {
    let characters = 0
    let count = 0
    for (const line of this.#lines) {
      if (characters + line.length > maxBatchCharacters) break
      characters += line.length
      count += 1
    }
    const taken = this.#lines.slice(0, count)
    this.#lines = this.#lines.slice(count)
    this.#characters -= characters
    return taken
  }
}
