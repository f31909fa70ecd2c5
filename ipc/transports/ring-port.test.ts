import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { MessageTooLargeError } from '../errors.ts'
import { SimulatedClock } from '../simulated-clock.ts'
import { RingBuffer } from './ring-buffer.ts'
import { createRingChannel, type RingPortOptions, ringPort } from './ring-port.ts'

function openChannel(capacityBytes: number, options: RingPortOptions = {}) {
  const [nearEnd, farEnd] = createRingChannel({ capacityBytes })
  const near = ringPort(nearEnd, options)
  const far = ringPort(farEnd)
  const received: unknown[] = []
  far.onMessage(packet => received.push(packet))
  return {
    near,
    far,
    farEnd,
    received,
    [Symbol.dispose]() {
      near.close()
      far.close()
    },
  }
}

function closeOf(port: { onClose(listener: () => void): Disposable }): Promise<void> {
  return new Promise(resolve => void port.onClose(resolve))
}

it('lets what finds no room wait, in order, without holding up the sender', async () => {
  using channel = openChannel(256)
  const { near, far, received } = channel
  const packets = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(index % 200)}`)
  for (const packet of packets) near.post(packet)
  expect(near.queuedBytes).toBeGreaterThan(packets.join('').length)
  far.start()
  near.post('end')
  await new Promise<void>(resolve => {
    far.onMessage(packet => {
      if (packet === 'end') resolve()
    })
  })
  expect(received).toEqual([...packets, 'end'])
  expect(near.queuedBytes).toBe(0)
})

it('carries any text, lone halves of pairs included, and packets of every size that the ring can hold', async () => {
  using channel = openChannel(1_024)
  const { near, far, received } = channel
  far.start()
  const packets = ['', '\uD800', 'ÿ', 'Ā', '𝄞'.repeat(250), 'é'.repeat(1_016), ...sizes(200)]
  for (const packet of packets) near.post(packet)
  near.close()
  await closeOf(far)
  expect(received).toEqual(packets)
})

function sizes(upTo: number): string[] {
  return Array.from({ length: upTo }, (_, length) => 'a'.repeat(length))
}

it('refuses a packet that is larger than the ring, and goes on', async () => {
  using channel = openChannel(1_024)
  const { near, far, received } = channel
  expect(() => near.post('a'.repeat(1_017))).toThrow(MessageTooLargeError)
  expect(() => near.post('Ā'.repeat(509))).toThrow(MessageTooLargeError)
  expect(() => near.post([new Uint8Array(1_100)])).toThrow(MessageTooLargeError)
  far.start()
  near.post('fits')
  near.close()
  await closeOf(far)
  expect(received).toEqual(['fits'])
})

it('closes when the other thread does not read', async () => {
  using channel = openChannel(256, { maxQueuedBytes: 10_000 })
  const { near, far } = channel
  const closes = Promise.all([closeOf(near), closeOf(far)])
  for (let index = 0; index < 100; index += 1) near.post('a'.repeat(200))
  far.start()
  await closes
  expect([near.problem, near.queuedBytes]).toEqual(['the other thread does not read', 0])
})

it('gives what was posted before its close a second to leave', async () => {
  const clock = new SimulatedClock()
  using channel = openChannel(256, { clock })
  const { near, far, received } = channel
  for (let index = 0; index < 10; index += 1) near.post(`${index}${'a'.repeat(100)}`)
  near.close()
  far.start()
  await closeOf(far)
  expect(received).toHaveLength(10)

  using stuck = openChannel(256, { clock })
  for (let index = 0; index < 10; index += 1) stuck.near.post('a'.repeat(100))
  stuck.near.close()
  const closing = closeOf(stuck.near)
  clock.advance(1_000)
  await closing
  expect([stuck.near.problem, stuck.near.queuedBytes]).toEqual([null, 0])
})

it('closes with a reason when the other thread writes what cannot be', async () => {
  using channel = openChannel(256)
  const { near, far, farEnd, received } = channel
  const closes = Promise.all([closeOf(near), closeOf(far)])
  near.post('good')
  near.post('bad')
  // The length in the head of the second frame.
  new RingBuffer(farEnd.incoming).dataWords[4] = 100_000
  far.start()
  await closes
  expect([received, far.problem]).toEqual([['good'], 'the writer left an impossible length'])
})

it.each([
  ['of a kind that nobody writes', 1, 77],
  ['that holds no value', 1, 2],
])('hands on a frame %s as a packet that nobody can read', async (_name, word, value) => {
  using channel = openChannel(256)
  const { near, far, farEnd, received } = channel
  near.post('changed')
  near.post('next')
  new RingBuffer(farEnd.incoming).dataWords[word] = value
  far.start()
  near.close()
  await closeOf(far)
  expect(received).toEqual([undefined, 'next'])
})

it('lets other work have its turn between many packets', async () => {
  using channel = openChannel(1_000_000)
  const { near, far, received } = channel
  for (let index = 0; index < 5_000; index += 1) near.post('x')
  const seenAtTurns: number[] = []
  far.start()
  while (received.length < 5_000) {
    await new Promise(resolve => setImmediate(resolve))
    seenAtTurns.push(received.length)
  }
  expect(seenAtTurns.filter(seen => seen > 0 && seen < 5_000).length).toBeGreaterThan(10)
})

it('wakes a thread that has nothing else to do, keeps it alive until it closes, and then lets it end', async () => {
  const [nearEnd, farEnd] = createRingChannel({ capacityBytes: 4_096 })
  const near = ringPort(nearEnd)
  const worker = new Worker(new URL('../testing/ring-answerer.ts', import.meta.url), { workerData: farEnd })
  const exit = once(worker, 'exit')
  near.start()
  for (const word of ['one', 'two']) {
    const answer = new Promise(resolve => void near.onMessage(resolve))
    near.post(word)
    expect(await answer).toBe(`again ${word}`)
  }
  near.close()
  expect(await exit).toEqual([0])
})
