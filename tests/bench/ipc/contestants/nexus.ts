import { createEndpoint, type Endpoint } from '../../../../ipc/endpoint.ts'
import { type Identity, identity } from '../../../../ipc/identity.ts'
import { moved } from '../../../../ipc/moving.ts'
import { checksumOf } from '../payload.ts'
import { type Contestant, createService } from './contestant.ts'
import { answererContract } from './nexus-contract.ts'
import { nexusPortOver } from './nexus-port.ts'

export const callerIdentity = identity('caller', 'controller')
export const answererIdentity = identity('answerer', 'service')

/** Ours as everybody gets it: validation both ways, deadlines, metrics and trace ids are on. */
export const nexus: Contestant = {
  async answer(link) {
    const endpoint = serveAnswerer(answererIdentity)
    endpoint.connect(await nexusPortOver(link), callerIdentity)
  },
  async call(link, fail) {
    const endpoint = createEndpoint({ identity: callerIdentity })
    endpoint.connect(await nexusPortOver(link), answererIdentity)
    const client = endpoint.client(answererContract, answererIdentity.id)
    return {
      add: (numbers, done) => void client.add(numbers).then(done, fail),
      echo: (record, done) => void client.echo(record).then(done, fail),
      notify: value => client.notify({ value }),
      received: done => void client.received({}).then(done, fail),
      store: (bytes, done) => void client.store({ bytes: moved(bytes) }).then(done, fail),
    }
  },
}

/** The same, never with two notifications in one packet: what batching them is compared with. */
export const nexusOneByOne: Contestant = {
  answer: nexus.answer,
  async call(link, fail) {
    return { ...(await nexus.call(link, fail)), isOneByOne: true }
  },
}

/** An endpoint that serves the bench's contract. */
export function serveAnswerer(self: Identity): Endpoint {
  const endpoint = createEndpoint({ identity: self })
  const service = createService()
  endpoint.serve(answererContract, {
    add: service.add,
    echo: service.echo,
    received: service.received,
    store: ({ bytes }) => checksumOf(bytes),
    notify: ({ value }) => service.notify(value),
    hang: () => new Promise<number>(() => {}),
  })
  return endpoint
}
