import { beforeEach, describe, expect, it } from 'vitest'
import type { IpcError } from './errors.ts'
import { Outbox } from './outbox.ts'
import { type Outgoing, OutgoingList, OutgoingText } from './outgoing.ts'
import type { Packet, PostOptions } from './port.ts'

const capacity = 10

describe('the outbox', () => {
  let packets: Packet[]
  let options: (PostOptions | undefined)[]
  let pressure: boolean[]
  let refused: IpcError[]
  let inFlight: number
  let outbox: Outbox

  beforeEach(() => {
    packets = []
    options = []
    pressure = []
    refused = []
    inFlight = 0
    outbox = open()
  })

  function open(credit = 1_000): Outbox {
    return new Outbox({
      port: {
        leavesMemory: false,
        post(packet, how) {
          if (typeof packet !== 'string') structuredClone(packet)
          packets.push(packet)
          options.push(how)
        },
        onMessage: () => ({ [Symbol.dispose]: () => {} }),
        onClose: () => ({ [Symbol.dispose]: () => {} }),
        start: () => {},
        close: () => {},
      },
      capacity,
      credit,
      now: () => 0,
      inFlight: () => inFlight,
      onPressure: isPaused => pressure.push(isPaused),
      calls: { add: () => {} },
      onRefused: (message, error) => {
        refused.push(error)
        message.refuse(error)
      },
      onPosted: () => {},
    })
  }

  const word = (text: string, rank: 0 | 1 | 2 = 1): Outgoing => new OutgoingText(JSON.stringify(text), rank)
  const sent = (): unknown[] =>
    packets.map(packet => (typeof packet === 'string' ? JSON.parse(packet) : packet))

  it('lets a call go at once when few are in flight', () => {
    outbox.call(word('call'), 0)
    expect(sent()).toEqual([['call']])
  })

  it('lets calls go by quarters of what is in flight, and the rest at the end of the tick', async () => {
    inFlight = 12
    for (let index = 0; index < 7; index += 1) outbox.call(word(`${index}`), 0)
    expect(sent().map(packet => (packet as unknown[]).length)).toEqual([4])
    await Promise.resolve()
    expect(sent().at(-1)).toEqual(['4', '5', '6'])
  })

  it('gathers what is told and answered in one tick, asks first', async () => {
    outbox.answer(word('answer'))
    outbox.tell(word('event'))
    expect(packets).toEqual([])
    await Promise.resolve()
    expect(sent()).toEqual([['event', 'answer']])
  })

  it('holds asks while the peer takes no more, but never answers', async () => {
    outbox = open(2)
    for (const text of ['a', 'b', 'c']) outbox.tell(word(text))
    outbox.answer(word('answer'))
    await Promise.resolve()
    expect(sent()).toEqual([['a', 'b', 'answer']])
    expect(outbox.granted(4)).toBe(true)
    expect(sent().at(-1)).toEqual(['c'])
  })

  it('lets what is urgent go first once there is room', () => {
    outbox = open(0)
    outbox.tell(word('low', 2))
    outbox.tell(word('normal', 1))
    outbox.call(word('urgent', 0), 0)
    outbox.granted(10)
    expect(sent()).toEqual([['urgent', 'normal', 'low']])
  })

  it('refuses what does not fit, and tells of both watermarks once', () => {
    outbox = open(0)
    const taken = Array.from({ length: 12 }, (_, index) => outbox.tell(word(`${index}`)))
    expect(taken.filter(isTaken => isTaken)).toHaveLength(capacity)
    expect({ pressure, isPaused: outbox.isPaused }).toEqual({ pressure: [true], isPaused: true })
    outbox.granted(7)
    expect(pressure).toEqual([true])
    outbox.granted(8)
    expect({ pressure, isPaused: outbox.isPaused }).toEqual({ pressure: [true, false], isPaused: false })
  })

  it('takes back what has not gone', () => {
    outbox = open(0)
    const message = word('never')
    outbox.tell(message)
    expect([outbox.remove(message), outbox.remove(message), outbox.waiting]).toEqual([true, false, 0])
  })

  it('never puts more than 64 messages or 64,000 characters of several into a packet', () => {
    for (let index = 0; index < 200; index += 1) outbox.answer(word(`${index}`))
    outbox.flush()
    expect(sent().map(packet => (packet as unknown[]).length)).toEqual([64, 64, 64, 8])
    packets = []
    for (let index = 0; index < 4; index += 1) outbox.answer(word('x'.repeat(30_000)))
    outbox.flush()
    expect(sent().map(packet => (packet as unknown[]).length)).toEqual([2, 2])
  })

  it('does not mix what has to be guarded with what has not, nor text with lists, and keeps their order', () => {
    outbox.answer(word('open'))
    outbox.answer(new OutgoingText('"secret"', 1, 'encrypted'))
    outbox.answer(new OutgoingText('"secret too"', 1, 'encrypted'))
    outbox.answer(new OutgoingList([300, 1, 1, new Uint8Array(2)]))
    outbox.answer(word('last'))
    outbox.flush()
    expect(sent()).toEqual([['open'], ['secret', 'secret too'], [[300, 1, 1, new Uint8Array(2)]], ['last']])
    expect(options.map(how => how?.protection ?? 'none')).toEqual(['none', 'encrypted', 'none', 'none'])
  })

  it('tells only the maker of a message that cannot be copied', () => {
    const told: IpcError[] = []
    outbox.answer(word('before'))
    outbox.answer(new OutgoingList([() => {}], error => told.push(error)))
    outbox.answer(word('after'))
    outbox.flush()
    expect(sent()).toEqual([['before'], ['after']])
    expect(told).toMatchObject([{ code: 'VALIDATION_ERROR' }])
    expect(refused).toHaveLength(1)
  })

  it('gives back the asks that have not gone when it is closed, and posts nothing any more', async () => {
    outbox = open(0)
    const message = word('unsent')
    outbox.tell(message)
    expect(outbox.close()).toEqual([message])
    outbox.answer(word('too late'))
    await Promise.resolve()
    expect(packets).toEqual([])
  })
})
