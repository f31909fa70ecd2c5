import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Packet, Port } from '../port.ts'
import { type TestChannel, transports } from '../testing/transports.ts'

/** What a port has received and whether it closed. */
class Observer {
  readonly packets: unknown[] = []
  closes = 0
  #waiting: { readonly until: () => boolean; readonly resolve: () => void }[] = []

  constructor(port: Port) {
    port.onMessage(packet => {
      this.packets.push(packet)
      this.#look()
    })
    port.onClose(() => {
      this.closes += 1
      this.#look()
    })
  }

  /** Everything up to the packet that says `word`, which is left out. */
  async upTo(word: string): Promise<unknown[]> {
    await this.#when(() => this.packets.includes(word))
    return this.packets.splice(0, this.packets.indexOf(word) + 1).slice(0, -1)
  }

  close(): Promise<void> {
    return this.#when(() => this.closes > 0)
  }

  #when(until: () => boolean): Promise<void> {
    if (until()) return Promise.resolve()
    return new Promise(resolve => this.#waiting.push({ until, resolve }))
  }

  #look(): void {
    for (const { until, resolve } of this.#waiting) if (until()) resolve()
    this.#waiting = this.#waiting.filter(({ until }) => !until())
  }
}

describe.each(Object.entries(transports))('a port over %s', (name, openChannel) => {
  let channel: TestChannel
  let near: Port
  let far: Port

  beforeEach(async () => {
    channel = await openChannel()
    ;[near, far] = channel.ends
  })

  afterEach(async () => {
    await channel[Symbol.asyncDispose]()
  })

  /** Both ends observed and started. */
  function observed(): readonly [near: Observer, far: Observer] {
    const both = [new Observer(near), new Observer(far)] as const
    near.start()
    far.start()
    return both
  }

  it('carries text and lists whole, each once and in order, both ways at once', async () => {
    const [atNear, atFar] = observed()
    const packets = Array.from({ length: 2_000 }, (_, index): Packet => {
      if (index % 3 === 0) return JSON.stringify([[1, index, 'Grüße, 世界 \u{1F30D}\u0000\n']])
      if (index % 3 === 1) return [[1, index, { text: `plain ${index}`, none: null }]]
      return 'a'.repeat(index)
    })
    for (const packet of packets) {
      near.post(packet)
      far.post(packet)
    }
    near.post('end')
    far.post('end')
    expect(await atFar.upTo('end')).toEqual(packets)
    expect(await atNear.upTo('end')).toEqual(packets)
  })

  it('carries what JSON cannot', async () => {
    const [atNear, atFar] = observed()
    const packet = [
      [1, new Uint8Array([0, 1, 255]), new Date(86_400_000), new Map([['key', new Set([1])]])],
      [2, { nothing: undefined, large: 12n, not: Number.NaN }, new Float64Array([0.5, -0]).buffer],
    ]
    near.post(packet)
    near.post('end')
    expect(await atFar.upTo('end')).toEqual([packet])
    far.post(packet)
    far.post('end')
    expect(await atNear.upTo('end')).toEqual([packet])
  })

  it('copies: what the sender changes afterwards stays with the sender', async () => {
    const [, atFar] = observed()
    const bytes = new Uint8Array([1, 2, 3])
    const inner = { name: 'before' }
    near.post([[1, bytes, inner]])
    bytes[0] = 9
    inner.name = 'after'
    near.post('end')
    expect(await atFar.upTo('end')).toEqual([[[1, new Uint8Array([1, 2, 3]), { name: 'before' }]]])
  })

  it('carries buffers that are given away, whether it moves or copies them', async () => {
    const [, atFar] = observed()
    const bytes = new Uint8Array(1_000).fill(7)
    near.post([[1, bytes]], { transfer: [bytes.buffer] })
    near.post([[2, 'nothing to move']], { transfer: [] })
    near.post('end')
    expect(await atFar.upTo('end')).toEqual([[[1, new Uint8Array(1_000).fill(7)]], [[2, 'nothing to move']]])
  })

  it('carries packets of megabytes, then small ones', async () => {
    const [atNear, atFar] = observed()
    const text = `${'a'.repeat(4_999_999)}ü`
    const wide = '世'.repeat(2_000_000)
    const bytes = Uint8Array.from({ length: 5_000_000 }, (_, index) => index * 7)
    for (const [sender, observer] of [
      [near, atFar],
      [far, atNear],
    ] as const) {
      for (const packet of [text, wide, [[1, bytes]], 'small', 'end']) sender.post(packet)
      const [first, second, third, fourth] = await observer.upTo('end')
      expect([first === text, second === wide, fourth]).toEqual([true, true, 'small'])
      const [[, received]] = third as [[number, Uint8Array]]
      expect(Buffer.compare(received, bytes)).toBe(0)
    }
  })

  it('keeps what arrives before it is started', async () => {
    const atFar = new Observer(far)
    near.start()
    for (let index = 0; index < 100; index += 1) near.post(`early ${index}`)
    // An answer over the other direction: what was posted before has certainly left.
    const atNear = new Observer(near)
    far.post('other direction')
    far.post('end')
    await atNear.upTo('end')
    expect(atFar.packets).toEqual([])
    far.start()
    near.post('end')
    expect(await atFar.upTo('end')).toEqual(Array.from({ length: 100 }, (_, index) => `early ${index}`))
  })

  it('throws for what cannot be copied, and goes on', async () => {
    const [, atFar] = observed()
    expect(() => near.post([[1, () => {}]])).toThrow()
    near.post('end')
    expect(await atFar.upTo('end')).toEqual([])
  })

  it('stops calling a listener that was disposed', async () => {
    const [, atFar] = observed()
    const seen: unknown[] = []
    const listening = far.onMessage(packet => seen.push(packet))
    near.post('one')
    near.post('end')
    await atFar.upTo('end')
    listening[Symbol.dispose]()
    near.post('two')
    near.post('end')
    await atFar.upTo('end')
    expect(seen).toEqual(['one', 'end'])
  })

  it.each(['near', 'far'])('tells both sides once that the %s one has closed', async which => {
    const both = observed()
    far.post('there')
    await both[0].upTo('there')
    const [closing, other] = which === 'near' ? ([0, 1] as const) : ([1, 0] as const)
    channel.ends[closing].post('last words')
    channel.ends[closing].close()
    channel.ends[closing].close()
    channel.ends[closing].post('too late')
    await Promise.all(both.map(observer => observer.close()))
    channel.ends[other].post('nobody is there')
    channel.ends[other].close()
    // Any second telling would come within these turns.
    for (let turn = 0; turn < 10; turn += 1) await new Promise(resolve => setImmediate(resolve))
    expect(both.map(observer => observer.closes)).toEqual([1, 1])
    expect(both[other].packets).toEqual(['last words'])
    expect(both[closing].packets).toEqual([])
  })

  it('hands on what was posted before a close, also to a side that starts late', async () => {
    near.start()
    near.post('one')
    near.post([[2]])
    near.close()
    const atFar = new Observer(far)
    await new Promise(resolve => setImmediate(resolve))
    far.start()
    await atFar.close()
    expect(atFar).toMatchObject({ packets: ['one', [[2]]], closes: 1 })
  })

  it('says what guarded a packet, and asks for no guard in memory', async () => {
    const seen: string[] = []
    near.onMessage((_packet, protection) => seen.push(protection))
    const atNear = new Observer(near)
    near.start()
    far.post('plain')
    far.post('end')
    await atNear.upTo('end')
    expect(seen).toEqual(['none', 'none'])
    expect(near.leavesMemory).toBe(name === 'Unix socket')
  })
})
