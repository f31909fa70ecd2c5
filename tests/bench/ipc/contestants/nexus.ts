import { createEndpoint, type Endpoint } from '../../../../ipc/endpoint.ts'
import { type Identity, identity } from '../../../../ipc/identity.ts'
import { checksumOf } from '../payload.ts'
import { type Contestant, createService } from './contestant.ts'
import { answererContract, feedContract } from './nexus-contract.ts'
import { nexusPortOver } from './nexus-port.ts'

const callerIdentity = identity('caller', 'controller')
const answererIdentity = identity('answerer', 'service')

/** Ours as everybody gets it: validation both ways, deadlines, metrics and trace ids are on. */
export const nexus: Contestant = {
  name: 'Nexus',
  async answer(link) {
    const endpoint = serveAnswerer(answererIdentity, callerIdentity)
    endpoint.connect(await nexusPortOver(link), callerIdentity)
  },
  async call(link, fail) {
    const endpoint = createEndpoint({ identity: callerIdentity })
    endpoint.serve(feedContract, {})
    endpoint.connect(await nexusPortOver(link), answererIdentity)
    const client = endpoint.client(answererContract, answererIdentity.id)
    return {
      add: (numbers, done) => void client.add(numbers).then(done, fail),
      echo: (record, done) => void client.echo(record).then(done, fail),
      notify: value => endpoint.announce(feedContract, 'counted', { value }),
      received: done => void client.received({}).then(done, fail),
      store: (bytes, done) => void client.store({ bytes }).then(done, fail),
    }
  },
}

/** An endpoint that serves the bench's contract and listens to the caller's notifications. */
export function serveAnswerer(self: Identity, caller: Identity): Endpoint {
  const endpoint = createEndpoint({ identity: self })
  const service = createService()
  endpoint.serve(answererContract, {
    add: service.add,
    echo: service.echo,
    received: service.received,
    store: ({ bytes }) => checksumOf(bytes),
    note: () => {},
    hang: () => new Promise<number>(() => {}),
  })
  endpoint.client(feedContract, caller.id).on('counted', ({ value }) => service.notify(value))
  return endpoint
}
