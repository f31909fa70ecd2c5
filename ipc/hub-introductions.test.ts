import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { endpointId } from './identity.ts'
import { defaultRetryPolicy } from './retry.ts'
import { SimulatedClock } from './simulated-clock.ts'
import { HubWorld, type Inhabitant, renderer, settled, utility } from './testing/hub-world.ts'
import { sampleContract } from './testing/sample-contract.ts'

const library = endpointId('library')
const guest1 = endpointId('guest:1')

describe('introductions', () => {
  let world: HubWorld

  beforeEach(() => {
    world = new HubWorld({
      authority: [
        { from: 'guest', to: 'library', reason: 'Guests read.' },
        { from: 'library', to: 'guest', reason: 'The library calls back.' },
        { from: 'archive', to: 'library', reason: 'May see it only.', meets: false, sees: 'name' },
      ],
    })
  })

  afterEach(() => world[Symbol.dispose]())

  const startGuest = (): Inhabitant => world.join(renderer('guest:1', 'guest'))
  const startLibrary = (): Inhabitant => world.join(utility('library', 'library'))
  const add = (caller: Inhabitant, peer = library) =>
    caller.endpoint.client(sampleContract, peer).add({ left: 1, right: 2 })

  it('are made on the first call; main carries nothing afterwards', async () => {
    const guest = startGuest()
    startLibrary()
    expect(await Promise.all([add(guest), add(guest)])).toEqual([3, 3])
    const carriedBefore = world.controller.metrics.messagesIn
    await add(guest)
    expect(world.controller.metrics.messagesIn - carriedBefore).toBe(0)
    expect([world.channelsMade, world.hub.channels]).toEqual([3, [['guest:1', 'library']]])
  })

  it('are made once when both sides ask at once', async () => {
    const guest = startGuest()
    const other = startLibrary()
    // The sample contract lets only guests and main call, so the library is refused, over the same channel.
    const refused = add(other, guest1).catch(error => error.code)
    expect(await Promise.all([add(guest), refused])).toEqual([3, 'PERMISSION_DENIED'])
    expect(world.channelsMade).toBe(3)
  })

  it('are refused without a row of authority, and to peers that do not exist', async () => {
    const guest = startGuest()
    world.join(renderer('guest:2', 'guest'))
    const archive = world.join(utility('archive', 'archive'))
    startLibrary()
    await expect(add(guest, endpointId('guest:2'))).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    await expect(add(guest, endpointId('nobody'))).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await expect(add(guest, guest1)).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await expect(add(archive)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
    expect(world.hub.channels).toEqual([])
  })

  it('do not let a process count what others do', async () => {
    const guest = startGuest()
    for (const id of ['guest:2', 'guest:3', 'guest:4']) world.join(renderer(id, 'guest'))
    startLibrary()
    await add(guest)
    expect(guest.process.introductions.map(({ channel }) => channel)).toEqual([1, 2])
  })

  it('are remade when a port was lost while both processes live', async () => {
    const guest = startGuest()
    const other = startLibrary()
    await add(guest)
    other.endpoint.connectionTo(guest1)?.close('lost')
    await expect(add(guest)).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
    expect(await add(guest)).toBe(3)
    expect(world.channelsMade).toBe(4)
  })

  it('are remade once when both sides lost the port and ask at once', async () => {
    const guest = startGuest()
    const other = startLibrary()
    await add(guest)
    guest.endpoint.connectionTo(library)?.close('lost')
    await settled()
    const refused = add(other, guest1).catch(error => error.code)
    expect(await Promise.all([add(guest), refused])).toEqual([3, 'PERMISSION_DENIED'])
    expect(world.channelsMade).toBe(4)
  })

  it('are made anew for a renderer that came back after a crash, when somebody asks', async () => {
    const first = startGuest()
    const other = startLibrary()
    await add(first)
    first.crash()
    await settled()
    expect(other.endpoint.connectionTo(guest1)).toBeNull()
    const second = startGuest()
    await settled()
    // A document never comes back: whoever wants the new one has to ask.
    expect(second.process.introductions).toHaveLength(1)
    expect(await add(second)).toBe(3)
  })

  it('are made anew at once for a service that came back, so that events go on', async () => {
    const guest = startGuest()
    const first = startLibrary()
    const counts: number[] = []
    guest.endpoint.client(sampleContract, library).on('ticked', ({ count }) => counts.push(count))
    await add(guest)
    first.endpoint.announce(sampleContract, 'ticked', { count: 1 })
    await settled()
    first.crash()
    await settled()
    await expect(add(guest)).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    const second = startLibrary()
    await settled()
    second.endpoint.announce(sampleContract, 'ticked', { count: 2 })
    await settled()
    expect(counts).toEqual([1, 2])
    expect(await add(guest)).toBe(3)
    expect(world.hub.channels).toEqual([['guest:1', 'library']])
  })

  it('are not made anew with those that left meanwhile', async () => {
    const guest = startGuest()
    const first = startLibrary()
    await add(guest)
    first.crash()
    guest.crash()
    startGuest()
    const second = startLibrary()
    expect(second.process.introductions).toHaveLength(1)
  })

  it('fail at once when the wanted one cannot be reached, and leave no half of a channel', async () => {
    const guest = startGuest()
    const other = startLibrary()
    other.process.isGone = true
    await expect(add(guest)).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    expect(world.hub.channels).toEqual([])
    other.crash()
    startLibrary()
    expect(await add(guest)).toBe(3)
  })

  it('close the end that was handed over when the asker crashes in the middle', async () => {
    const guest = startGuest()
    const other = startLibrary()
    const asking = add(guest)
    guest.process.isGone = true
    await expect(asking).rejects.toMatchObject({ code: 'TARGET_UNAVAILABLE' })
    await settled()
    expect(other.process.introductions).toHaveLength(2)
    expect(other.endpoint.connectionTo(guest1)).toBeNull()
    expect(world.hub.channels).toEqual([])
  })

  it.each(['asker', 'wanted'] as const)(
    'leave nothing behind when the exit of the %s is seen in the middle',
    async who => {
      const guest = startGuest()
      const other = startLibrary()
      const dying = who === 'asker' ? guest : other
      // The exit is noticed while the first end is being handed over.
      other.process.onDeliver = () => dying.registration.remove('exit code 9')
      await expect(add(guest)).rejects.toMatchObject({
        code: expect.stringMatching(/TERMINATED|UNAVAILABLE/),
      })
      await settled()
      expect(world.hub.channels).toEqual([])
      expect([guest.endpoint.connectionTo(library), other.endpoint.connectionTo(guest1)]).toEqual([
        null,
        null,
      ])
    },
  )

  it('that arrive after the news of the end lead nowhere', async () => {
    const guest = startGuest()
    const other = startLibrary()
    guest.process.isSlow = true
    const asking = add(guest)
    await settled()
    other.crash()
    await settled()
    guest.process.arrive()
    expect(guest.endpoint.connectionTo(library)).toBeNull()
    const again = startLibrary()
    guest.process.arrive()
    await asking.catch(() => {})
    expect(await add(guest)).toBe(3)
    expect(again.process.introductions.length).toBeGreaterThan(1)
  })

  it('carry on a call that may be repeated once the service is back', async () => {
    const clock = new SimulatedClock()
    using ticking = new HubWorld({
      clock,
      authority: [{ from: 'guest', to: 'library', reason: 'Guests read.' }],
    })
    const guest = ticking.join(renderer('guest:1', 'guest'))
    const first = ticking.join(utility('library', 'library'))
    const sample = guest.endpoint.client(sampleContract, library)
    await sample.add({ left: 1, right: 1 })
    first.crash()
    await settled()
    const sum = sample.add({ left: 2, right: 2 }, { retry: defaultRetryPolicy })
    await settled()
    ticking.join(utility('library', 'library'))
    clock.advance(200)
    expect(await sum).toBe(4)
  })
})
