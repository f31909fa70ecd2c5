import { beforeEach, describe, expect, it } from 'vitest'
import { type Envelope, envelopeOf, type ObservedMessage } from '../../ipc/envelope.ts'
import { endpointId } from '../../ipc/identity.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { sampleContract } from '../../ipc/testing/sample-contract.ts'
import { TrafficRecordings, type TrafficRecordingsOptions } from './traffic-recordings.ts'

const [first, second] = [endpointId('cli:1'), endpointId('cli:2')]
const plain = { isWhole: false, isLast: false }
const last = { isWhole: false, isLast: true }

describe('recordings of what main says', () => {
  const observers = new Set<(envelope: Envelope) => void>()
  let recordings: TrafficRecordings

  beforeEach(() => {
    observers.clear()
    recordings = recordingsWith({})
  })

  function recordingsWith(limits: Partial<TrafficRecordingsOptions>): TrafficRecordings {
    return new TrafficRecordings({
      endpoint: endpointId('controller'),
      contracts: [sampleContract],
      clock: new SimulatedClock(),
      watch: observer => {
        observers.add(observer)
        return { [Symbol.dispose]: () => void observers.delete(observer) }
      },
      ...limits,
    })
  }

  function pass(target: string, message: ObservedMessage): void {
    const envelope = envelopeOf(message, {
      source: endpointId('controller'),
      target: endpointId(target),
      sequence: 1,
      timestamp: 1,
      processId: 1,
      threadId: 0,
    })
    for (const observer of observers) observer(envelope)
  }

  const cancel: ObservedMessage = { kind: 'cancel', id: 1 }
  const kindsOf = (lines: readonly string[]): unknown[] =>
    lines.map(line => (JSON.parse(line) as { kind: unknown }).kind)

  it('are handed out as they grow, and end when they are to', () => {
    expect(kindsOf(recordings.take(first, plain).lines)).toEqual(['header'])
    pass('storage', cancel)
    pass('ai', cancel)
    expect(kindsOf(recordings.take(first, plain).lines)).toEqual(['message', 'message'])
    expect(recordings.take(first, plain)).toEqual({ lines: [], isOver: false })
    const end = recordings.take(first, last)
    expect({ kinds: kindsOf(end.lines), isOver: end.isOver, watching: observers.size }).toEqual({
      kinds: ['end'],
      isOver: true,
      watching: 0,
    })
  })

  it('do not hold the fetching of recordings', () => {
    recordings.take(first, plain)
    recordings.take(second, plain)
    for (const target of ['cli:1', 'cli:2', 'cli:3']) pass(target, cancel)
    pass('cli:1', { kind: 'batch', messages: [cancel, cancel] })
    const { lines } = recordings.take(second, plain)
    expect(lines.filter(line => line.includes('"kind":"message"'))).toEqual([
      expect.stringContaining('"target":"cli:3"'),
    ])
  })

  it('say what is missing when nobody fetches them in time', () => {
    recordings = recordingsWith({ maxWaitingCharacters: 1_500 })
    recordings.take(first, plain)
    for (let count = 0; count < 20; count += 1) pass('storage', cancel)
    const { lines } = recordings.take(first, plain)
    pass('storage', cancel)
    const [gap, ...after] = recordings.take(first, plain).lines
    expect(JSON.parse(gap ?? '')).toMatchObject({ kind: 'gap', lost: 20 - lines.length })
    expect(kindsOf(after)).toEqual(['message'])
  })

  it('end by themselves when they are full', () => {
    recordings = recordingsWith({ maxRecordingBytes: 3_000 })
    recordings.take(first, plain)
    for (let count = 0; count < 20; count += 1) pass('storage', cancel)
    const { lines, isOver } = recordings.take(first, plain)
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end', reason: 'full' })
    expect({ isOver, watching: observers.size }).toEqual({ isOver: true, watching: 0 })
  })

  it('are handed out in parts that a message can hold', () => {
    recordings.take(first, plain)
    const text = 'x'.repeat(900_000)
    for (let id = 1; id <= 5; id += 1) {
      pass('storage', {
        kind: 'request',
        id,
        name: 'sample.echo',
        args: { text },
        deadlineMs: 1,
        priority: 'normal',
        retryCount: 0,
        traceId: 0,
      })
    }
    const batches = [1, 2, 3].map(() => recordings.take(first, last))
    expect(batches.map(({ lines, isOver }) => [lines.length, isOver])).toEqual([
      [2, false],
      [2, false],
      [2, true],
    ])
  })

  it('end with the command line, and with main', () => {
    recordings.take(first, plain)
    recordings.take(second, plain)
    recordings.end(first)
    expect(observers.size).toBe(1)
    recordings[Symbol.dispose]()
    expect(observers.size).toBe(0)
  })
})
