import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { MessageTooLargeError, ProcessTerminatedError } from '../errors.ts'
import {
  bytesInRing,
  createRingMemory,
  defaultRingBytes,
  frameHeadBytes,
  headWord,
  RingBuffer,
  tailWord,
} from './ring-buffer.ts'
import { RingReader } from './ring-reader.ts'
import { RingByteReader, RingByteWriter } from './ring-stream.ts'
import { RingWriter } from './ring-writer.ts'

function ringOf(capacityBytes: number) {
  const ring = new RingBuffer(createRingMemory({ capacityBytes }))
  return { ring, writer: new RingWriter(ring), reader: new RingReader(ring) }
}

describe('the memory of a ring', () => {
  it('holds 100 MB unless told otherwise, which cost nothing until they are used', () => {
    const before = process.memoryUsage.rss()
    const ring = new RingBuffer(createRingMemory())
    const writer = new RingWriter(ring)
    const reader = new RingReader(ring)
    expect(ring.capacityBytes).toBe(defaultRingBytes)
    const bytes = new Uint8Array(1_000)
    // 200 MB in all; an empty ring begins anew, so they go through the same few pages.
    let read = 0
    for (let count = 0; count < 200_000; count += 1) {
      if (writer.tryWriteBytes(0, bytes) === 'written' && reader.peek() === 'frame') read += 1
      reader.release()
    }
    expect(read).toBe(200_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(40_000_000)
  })

  it.each([0, -64, 2 ** 30 + 64, Number.NaN])('refuses a capacity of %d', capacityBytes => {
    expect(() => createRingMemory({ capacityBytes })).toThrow(RangeError)
  })

  it('refuses memory that is no ring', () => {
    expect(() => new RingBuffer(new SharedArrayBuffer(4_096))).toThrow(TypeError)
    expect(() => new RingBuffer(new SharedArrayBuffer(8))).toThrow(TypeError)
  })
})

describe('writing and reading', () => {
  it('refuses what could not even enter an empty ring', () => {
    const { ring, writer, reader } = ringOf(128)
    expect(() => writer.tryWriteBytes(0, new Uint8Array(ring.maxFrameBytes + 1))).toThrow(
      MessageTooLargeError,
    )
    expect(writer.tryWriteBytes(0, new Uint8Array(ring.maxFrameBytes))).toBe('written')
    expect(writer.tryWriteBytes(0, new Uint8Array(0))).toBe('full')
    expect([reader.peek(), reader.byteLength]).toEqual(['frame', 120])
  })

  it('hands out what was written before it was closed, and takes nothing more', async () => {
    const { ring, writer, reader } = ringOf(128)
    writer.tryWriteBytes(7, Uint8Array.of(1, 2, 3))
    ring.close()
    expect(writer.tryWriteBytes(7, Uint8Array.of(4))).toBe('closed')
    expect([reader.peek(), reader.kind, [...reader.bytes()]]).toEqual(['frame', 7, [1, 2, 3]])
    reader.release()
    expect(reader.peek()).toBe('closed')
    expect([await reader.waitForFrame(), await writer.waitForRoom(8)]).toEqual(['closed', false])
  })

  it.each([
    ['longer than what was written', 32 - frameHeadBytes + 1, 0],
    ['of a negative length', -1, 0],
    ['longer than the ring', 1_000_000, 0],
    ['of an impossible kind', 8, -1],
  ])('closes at a frame %s', (_name, length, kind) => {
    const { ring, writer, reader } = ringOf(128)
    writer.tryWriteBytes(0, new Uint8Array(24))
    ring.dataWords.set([length, kind])
    expect([reader.peek(), reader.byteLength, ring.isClosed]).toEqual(['closed', -1, true])
    expect(reader.problem).toMatch(/^the writer left an impossible (length|kind)$/)
    expect([reader.peek(), writer.tryWriteBytes(0, new Uint8Array(1))]).toEqual(['closed', 'closed'])
  })

  it.each([4, 256, -8, 136])('closes when the other side is at position %d', position => {
    const { ring, writer, reader } = ringOf(128)
    Atomics.store(ring.words, tailWord, position)
    expect([reader.peek(), reader.problem]).toEqual(['closed', 'the writer left an impossible position'])
    const other = ringOf(128)
    other.writer.tryWriteBytes(0, new Uint8Array(96))
    Atomics.store(other.ring.words, headWord, position === 136 ? 112 : position)
    expect(other.writer.tryWriteBytes(0, new Uint8Array(96))).toBe('closed')
    expect(other.writer.problem).toBe('the reader is at an impossible position')
    expect(writer.problem).toBeNull()
  })
})

describe('waiting', () => {
  it('wakes a reader for a frame, for the end, and when its time is up', async () => {
    const { ring, writer, reader } = ringOf(128)
    expect(await reader.waitForFrame(1)).toBe('empty')
    expect(reader.waitForFrameSync(1)).toBe('empty')
    const waiting = reader.waitForFrame()
    writer.tryWriteBytes(0, Uint8Array.of(1))
    expect(await waiting).toBe('frame')
    reader.release()
    const ending = reader.waitForFrame()
    ring.close()
    expect(await ending).toBe('closed')
  })

  it('wakes a writer when there is room, for the end, and when its time is up', async () => {
    const { ring, writer, reader } = ringOf(1_024)
    const bytes = new Uint8Array(bytesInRing(0) * 7)
    while (writer.tryWriteBytes(0, bytes) === 'written');
    expect(await writer.waitForRoom(bytes.length, 1)).toBe(false)
    expect(writer.waitForRoomSync(bytes.length, 1)).toBe(false)
    let isAwake = false
    const waiting = writer.waitForRoom(bytes.length).then(hasRoom => {
      isAwake = hasRoom
    })
    for (let count = 0; count < 4; count += 1) {
      expect(reader.peek()).toBe('frame')
      reader.release()
      await new Promise(resolve => setImmediate(resolve))
      // A quarter of the ring has to be free, so that a slow reader does not have to wake the writer for each frame.
      expect(isAwake).toBe(count === 3)
    }
    await waiting
    while (writer.tryWriteBytes(0, bytes) === 'written');
    const ending = writer.waitForRoom(bytes.length)
    ring.close()
    expect(await ending).toBe(false)
  })

  it('sleeps in a worker without losing a wake-up, in either direction, blocking or not', async () => {
    // The smallest ring, so that both sides sleep all the time. The worker sends back what it reads.
    const there = createRingMemory({ capacityBytes: 64 })
    const back = createRingMemory({ capacityBytes: 64 })
    const worker = new Worker(new URL('../testing/ring-echo.ts', import.meta.url), {
      workerData: { incoming: there, outgoing: back },
    })
    const writer = new RingByteWriter(new RingBuffer(there))
    const reader = new RingByteReader(new RingBuffer(back))
    const total = 40_000
    const sending = (async () => {
      for (let sent = 0; sent < total; sent += 100) {
        await writer.write(Uint8Array.from({ length: 100 }, (_, index) => sent + index))
      }
      writer.end()
    })()
    const into = new Uint8Array(64)
    let received = 0
    for (let count = await reader.read(into); count > 0; count = await reader.read(into)) {
      for (let index = 0; index < count; index += 1) {
        if (into[index] !== ((received + index) & 0xff)) throw new Error(`byte ${received + index} differs`)
      }
      received += count
    }
    await sending
    expect(received).toBe(total)
    await once(worker, 'exit')
  })

  it('keeps what was written by a thread that was ended in the middle of its work', async () => {
    const memory = createRingMemory({ capacityBytes: 1_024 })
    const unread = createRingMemory({ capacityBytes: 1_024 })
    const worker = new Worker(new URL('../testing/ring-echo.ts', import.meta.url), {
      workerData: { incoming: unread, outgoing: memory },
    })
    const writer = new RingByteWriter(new RingBuffer(unread))
    const reader = new RingReader(new RingBuffer(memory))
    await writer.write(new Uint8Array(500))
    expect(await reader.waitForFrame()).toBe('frame')
    await worker.terminate()
    while (reader.peek() === 'frame') reader.release()
    expect([reader.peek(), reader.problem]).toEqual(['empty', null])
  })
})

describe('a stream of bytes', () => {
  it('tells the end from a broken ring', async () => {
    const memory = createRingMemory({ capacityBytes: 128 })
    const ring = new RingBuffer(memory)
    const reader = new RingByteReader(ring)
    expect(reader.readSync(new Uint8Array(8), 1)).toBe(0)
    Atomics.store(ring.words, tailWord, 4)
    await expect(reader.read(new Uint8Array(8))).rejects.toThrow(ProcessTerminatedError)
    const ended = new RingByteWriter(ring)
    expect([await ended.write(new Uint8Array(8)), ended.writeSync(new Uint8Array(8))]).toEqual([false, false])
  })
})
