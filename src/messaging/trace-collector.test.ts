import { expect, it } from 'vitest'
import { serviceContract } from '../../contracts/service.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { SpanRecorder } from '../../ipc/tracing/span-recorder.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { collectTraces } from './trace-collector.ts'

const main = identity('controller', 'controller')

it('collects from main and from the services that are there, and names those that do not tell', async () => {
  const clock = new SimulatedClock()
  using running = new DisposableStack()
  const own = new SpanRecorder(clock)
  const controller = running.use(createEndpoint({ identity: main, clock, spans: own }))
  for (const name of ['storage', 'ai']) {
    const spans = new SpanRecorder(clock)
    const service = running.use(createEndpoint({ identity: identity(name, name), clock, spans }))
    service.serve(serviceContract, {
      ping: () => ({}),
      report: failing,
      traffic: failing,
      spans: name === 'ai' ? failing : ({ windowMs }) => spans.read(windowMs),
      trim: () => ({ residentBytesBefore: 0, residentBytesAfter: 0 }),
      prepareToStop: () => ({}),
    })
    const [ours, theirs] = createMemoryChannel()
    controller.connect(ours, service.identity)
    service.connect(theirs, main)
  }
  await controller.client(serviceContract, endpointId('storage')).ping({})
  const services = new Map([
    ['storage', { pid: 20 }],
    ['ai', { pid: 30 }],
    ['p2p', { pid: null }],
  ])
  const collected = await collectTraces({ endpoint: controller, spans: own, pid: 10, services }, 5_000)
  const ping = { method: 'service.ping', outcome: 'answered', parentSpanId: 0 }
  expect(collected).toEqual({
    processes: [
      {
        endpoint: 'controller',
        pid: 10,
        lost: 0,
        spans: [expect.objectContaining({ ...ping, kind: 'call', peer: 'storage' })],
      },
      {
        endpoint: 'storage',
        pid: 20,
        lost: 0,
        spans: [expect.objectContaining({ ...ping, kind: 'answer', peer: 'controller' })],
      },
    ],
    unanswered: ['ai'],
  })
  const [asked, answered] = collected.processes.map(({ spans: [span] }) => span)
  expect([answered?.traceId, answered?.spanId]).toEqual([asked?.traceId, asked?.spanId])
})

function failing(): never {
  throw new Error('not now')
}
