import { expect, it } from 'vitest'
import { serviceContract } from '../../contracts/service.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { identity } from '../../ipc/identity.ts'
import { sampleCountedPair } from '../../ipc/testing/sample-traffic.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { trafficReports } from './traffic-reports.ts'

const main = identity('controller', 'controller')

it('asks the services that run, and goes without one that does not answer', async () => {
  using controller = createEndpoint({ identity: main })
  const pair = sampleCountedPair('storage', 'controller')
  const traffics = { storage: () => ({ pairs: [pair], pendingCalls: [] }), ai: failing, network: null }
  using running = new DisposableStack()
  for (const [name, traffic] of Object.entries(traffics)) {
    if (traffic === null) continue
    const service = running.use(createEndpoint({ identity: identity(name, name) }))
    service.serve(serviceContract, {
      ping: () => ({}),
      report: failing,
      spans: failing,
      trim: () => ({ residentBytesBefore: 0, residentBytesAfter: 0 }),
      prepareToStop: () => ({}),
      traffic,
    })
    const [ours, theirs] = createMemoryChannel()
    controller.connect(ours, service.identity)
    service.connect(theirs, main)
  }
  const reports = await trafficReports(controller, Object.keys(traffics))
  expect(reports).toEqual([
    { reporter: 'controller', traffic: expect.objectContaining({ pendingCalls: expect.any(Array) }) },
    { reporter: 'storage', traffic: { pairs: [pair], pendingCalls: [] } },
  ])
})

function failing(): never {
  throw new Error('not now')
}
