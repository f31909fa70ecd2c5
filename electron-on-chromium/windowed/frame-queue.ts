import { frameHeaderBytes } from './wire.ts'

/** An encoded picture of a view. */
export interface Frame {
  readonly viewId: number
  /** Size in CSS pixels. */
  readonly width: number
  readonly height: number
  readonly picture: Buffer
}

/** How many frames of a view may be on their way to the screen: one being decoded, one behind it. */
const maximumInFlight = 2

interface Lane {
  inFlight: number
  waiting: Frame | null
}

/**
 * Paces frames: a view whose frames are painted more slowly than they come loses the older ones, never the
 * newest, so that what is shown lags by two frames at most and no queue grows.
 */
export class FrameQueue {
  readonly #write: (record: readonly Uint8Array[]) => boolean
  readonly #lanes = new Map<number, Lane>()
  #sequence = 0

  constructor(write: (record: readonly Uint8Array[]) => boolean) {
    this.#write = write
  }

  push(frame: Frame): void {
    const lane = this.#lanes.get(frame.viewId) ?? { inFlight: 0, waiting: null }
    this.#lanes.set(frame.viewId, lane)
    if (lane.inFlight < maximumInFlight) this.#send(lane, frame)
    else lane.waiting = frame
  }

  /** A frame of that view was painted, or dropped by the page. */
  painted(viewId: number): void {
    const lane = this.#lanes.get(viewId)
    if (!lane) return
    lane.inFlight = Math.max(0, lane.inFlight - 1)
    const { waiting } = lane
    if (!waiting) return
    lane.waiting = null
    this.#send(lane, waiting)
  }

  /** Forgets a view that is no longer shown. */
  forget(viewId: number): void {
    this.#lanes.delete(viewId)
  }

  /** Forgets what was on its way to a page that is gone. */
  reset(): void {
    this.#lanes.clear()
  }

  #send(lane: Lane, frame: Frame): void {
    this.#sequence = (this.#sequence + 1) >>> 0
    if (this.#write([frameHeader(frame, this.#sequence), frame.picture])) lane.inFlight++
    else lane.waiting = frame
  }
}

function frameHeader(frame: Frame, sequence: number): Buffer {
  const header = Buffer.alloc(frameHeaderBytes)
  header.writeUInt32LE(frameHeaderBytes - 4 + frame.picture.length, 0)
  header.writeUInt32LE(frame.viewId, 4)
  header.writeUInt32LE(sequence, 8)
  header.writeUInt16LE(frame.width, 12)
  header.writeUInt16LE(frame.height, 14)
  return header
}
