import { EventEmitter, once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { MessageChannelMain, type MessageEvent, MessagePortMain } from './message-port.ts'

async function nextMessage(port: MessagePortMain): Promise<MessageEvent> {
  const [event] = await once(port, 'message')
  return event as MessageEvent
}

/** Resolves when everything that was under way in this process has been delivered. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setImmediate(resolve))
}

describe('MessageChannelMain', () => {
  it('keeps messages until start, then delivers them in order and each in its own turn', async () => {
    const { port1, port2 } = new MessageChannelMain()
    for (const number of [1, 2, 3]) port1.postMessage(number)
    await settled()
    port2.start()
    const received: unknown[] = []
    for (let count = 0; count < 3; count++) received.push((await nextMessage(port2)).data)
    expect(received).toEqual([1, 2, 3])
  })

  it('does not deliver before start even when someone listens', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const received: unknown[] = []
    port2.on('message', (event: MessageEvent) => received.push(event.data))
    port1.postMessage('early')
    await settled()
    expect(received).toEqual([])
    port2.start()
    await settled()
    expect(received).toEqual(['early'])
  })

  it('copies the message when it is posted, and gives bytes as Uint8Array', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const message = { list: [1], when: new Date(5), bytes: Buffer.from('abc') }
    port1.postMessage(message)
    message.list.push(2)
    port2.start()
    const { data, ports } = await nextMessage(port2)
    expect(data).toStrictEqual({ list: [1], when: new Date(5), bytes: new Uint8Array([97, 98, 99]) })
    expect(ports).toEqual([])
  })

  it('tells the other end when one is closed, after what was sent before', async () => {
    const { port1, port2 } = new MessageChannelMain()
    const seen: unknown[] = []
    port2.on('message', (event: MessageEvent) => seen.push(event.data))
    port2.on('close', () => seen.push('closed'))
    port1.on('close', () => seen.push('own close'))
    port1.start()
    port2.start()
    port1.postMessage('last')
    port1.close()
    port1.postMessage('dropped')
    await settled()
    expect(seen).toEqual(['last', 'closed'])
  })

  it('takes messages silently once the other end is closed', async () => {
    const { port1, port2 } = new MessageChannelMain()
    port2.close()
    port1.start()
    await once(port1, 'close')
    expect(() => port1.postMessage('into the void')).not.toThrow()
  })

  it('transfers ports through ports, with what was sent to them on the way', async () => {
    const outer = new MessageChannelMain()
    const inner = new MessageChannelMain()
    inner.port1.postMessage('before')
    outer.port1.postMessage('take this', [inner.port2])
    inner.port1.postMessage('after')
    outer.port2.start()
    const [port] = (await nextMessage(outer.port2)).ports
    expect(port).toBeInstanceOf(EventEmitter)
    port?.start()
    if (!port) throw new Error('no port came')
    expect((await nextMessage(port)).data).toBe('before')
    expect((await nextMessage(port)).data).toBe('after')
    port.postMessage('reply')
    inner.port1.start()
    expect((await nextMessage(inner.port1)).data).toBe('reply')
  })

  it('takes a port out of use when it is transferred, even while it is started', async () => {
    const outer = new MessageChannelMain()
    const inner = new MessageChannelMain()
    inner.port2.on('message', () => {
      throw new Error('a neutered port must not receive')
    })
    inner.port2.start()
    outer.port1.postMessage(null, [inner.port2])
    inner.port1.postMessage('hello')
    await settled()
    expect(() => inner.port2.postMessage('ignored')).not.toThrow()
    outer.port2.start()
    const [port] = (await nextMessage(outer.port2)).ports
    port?.start()
    if (!port) throw new Error('no port came')
    expect((await nextMessage(port)).data).toBe('hello')
  })

  it.each([
    ['what is no port', (): unknown[] => [new ArrayBuffer(1)], /Port at index 0 is not a valid port/],
    ['null', (): unknown[] => [null], /Port at index 0 is not a valid port/],
    [
      'the same port twice',
      (): unknown[] => {
        const { port1 } = new MessageChannelMain()
        return [port1, port1]
      },
      /Port at index 1 is a duplicate of an earlier port/,
    ],
    [
      'a port that is gone',
      (): unknown[] => {
        const { port1 } = new MessageChannelMain()
        new MessageChannelMain().port1.postMessage(null, [port1])
        return [port1]
      },
      /Port at index 0 is already neutered/,
    ],
  ])('refuses to transfer %s', (_name, transfer, message) => {
    const { port1 } = new MessageChannelMain()
    expect(() => port1.postMessage(null, transfer() as MessagePortMain[])).toThrow(message)
  })

  it('refuses to transfer the port it is posted on', () => {
    const { port1 } = new MessageChannelMain()
    expect(() => port1.postMessage(null, [port1])).toThrow(/Port at index 0 contains the source port/)
  })

  it('refuses what cannot be cloned, and leaves the ports with their holder', async () => {
    const { port1 } = new MessageChannelMain()
    const carried = new MessageChannelMain()
    expect(() => port1.postMessage(() => 1)).toThrow('An object could not be cloned.')
    expect(() => port1.postMessage(Promise.resolve(), [carried.port1])).toThrow(
      'An object could not be cloned.',
    )
    carried.port1.postMessage('still mine')
    carried.port2.start()
    expect((await nextMessage(carried.port2)).data).toBe('still mine')
  })

  it('cannot be made by hand', () => {
    expect(() => new MessagePortMain()).toThrow(TypeError)
  })
})
