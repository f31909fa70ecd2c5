import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { createEndpoint, type Endpoint } from '../endpoint.ts'
import { createHub, type Hub, type Registration } from '../hub.ts'
import { endpointId, identity } from '../identity.ts'
import { serviceContract } from '../service-contract.ts'
import { utilityTarget } from '../target.ts'
import { withElectronFace } from '../testing/electron-faces.ts'
import { createSampleService, sampleContract } from '../testing/sample-contract.ts'
import { domPort } from '../transports/dom-port.ts'
import { joinAsUtility, startUtilityEndpoint } from './utility.ts'

it('starts a service process that answers for itself and is asked to finish before it is ended', async () => {
  const parentPort = new EventEmitter()
  let isFinished = false
  const starting = startUtilityEndpoint({
    parentPort,
    prepareToStop: async () => {
      isFinished = true
    },
  })
  using controller = createEndpoint({ identity: identity('controller', 'controller') })
  using hub = hubOf(controller)
  const registration = welcome(hub, parentPort)
  using endpoint = await starting
  expect(endpoint.identity).toEqual({ id: 'storage', role: 'storage' })

  const service = controller.client(serviceContract, endpointId('storage'))
  expect(await service.ping({})).toEqual({})
  const report = await service.report({})
  expect(report).toMatchObject({ pid: process.pid, messagesIn: 3 })
  expect(report.residentBytes).toBeGreaterThan(1_000_000)
  expect((await service.traffic({})).pairs).toContainEqual(
    expect.objectContaining({ from: 'controller', to: 'storage', callCount: 2 }),
  )
  await service.prepareToStop({})
  expect(isFinished).toBe(true)
  registration.remove('test over')
})

it('drops what it can get again when it is asked, and collects what nobody holds any more', async () => {
  const parentPort = new EventEmitter()
  let cache: object[] | null = Array.from({ length: 1_000 }, () => ({ text: 'x'.repeat(1_000) }))
  const first = new WeakRef(cache[0] ?? {})
  const starting = startUtilityEndpoint({
    parentPort,
    trim: async () => {
      cache = null
      // What is pending keeps a weak reference alive until its turn is over.
      await new Promise(resolve => setImmediate(resolve))
    },
  })
  using controller = createEndpoint({ identity: identity('controller', 'controller') })
  using hub = hubOf(controller)
  welcome(hub, parentPort)
  using _endpoint = await starting
  const freed = await controller.client(serviceContract, endpointId('storage')).trim({})
  expect(freed.residentBytesBefore).toBeGreaterThan(freed.residentBytesAfter / 2)
  expect([cache, first.deref()]).toEqual([null, undefined])
  expect('gc' in globalThis).toBe(false)
})

it('takes calls before it is welcomed, and sends them then', async () => {
  const parentPort = new EventEmitter()
  using controller = createEndpoint({ identity: identity('controller', 'controller') })
  controller.serve(sampleContract, createSampleService())
  using membership = joinAsUtility({ parentPort })
  const refused = membership.endpoint
    .client(sampleContract, controller.identity.id)
    .add({ left: 1, right: 2 })
  using hub = hubOf(controller)
  welcome(hub, parentPort)
  // It came there, and was refused as a storage process should be.
  await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_DENIED' })
  expect(membership.state).toBe('registered')
})

it('says so when it is not started as a utility process', () => {
  expect(() => startUtilityEndpoint()).toThrow('runs only as a utility process')
})

function hubOf(endpoint: Endpoint): Hub<MessagePort> {
  return createHub<MessagePort>({
    endpoint,
    createChannel: () => {
      const { port1, port2 } = new MessageChannel()
      return [port1, port2]
    },
    adopt: domPort,
    authority: [],
  })
}

function welcome(hub: Hub<MessagePort>, parentPort: EventEmitter): Registration {
  return hub.register(utilityTarget(identity('storage', 'storage')), (introduction, port) => {
    parentPort.emit('message', { data: introduction, ports: [withElectronFace(port)] })
  })
}
