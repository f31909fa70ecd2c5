import { type MessagePort, parentPort } from 'node:worker_threads'
import type { Endpoint } from '../../../../ipc/endpoint.ts'
import { type IntroductionSource, meet } from '../../../../ipc/meeting.ts'
import type { Port } from '../../../../ipc/port.ts'
import { domPort } from '../../../../ipc/transports/dom-port.ts'
import { serviceNumber } from './service-contracts.ts'

/**
 * Program of a thread that holds many services, as many processes would hold one each: everyone is welcomed by the hub,
 * meets it and serves a contract of ten methods.
 */
export type ServicesOrder =
  | {
      readonly kind: 'introduce'
      readonly id: string
      /** Which of the contracts it serves. */
      readonly contract: number
      readonly introduction: unknown
      readonly port: MessagePort
    }
  | { readonly kind: 'end'; readonly id: string }
  /** What raw does instead: says one word on the port and answers every other. */
  | { readonly kind: 'plain'; readonly port: MessagePort }

class Service implements IntroductionSource {
  #listener: ((introduction: unknown, port: Port | null) => void) | null = null
  readonly #endpoint: Promise<Endpoint>

  constructor(number: number) {
    const { contract, handlers } = serviceNumber(number)
    this.#endpoint = meet(this, {}, endpoint => void endpoint.serve(contract, handlers))
  }

  onIntroduction(listener: (introduction: unknown, port: Port | null) => void): Disposable {
    this.#listener = listener
    return {
      [Symbol.dispose]: () => {
        this.#listener = null
      },
    }
  }

  introduce(introduction: unknown, port: MessagePort): void {
    this.#listener?.(introduction, domPort(port))
  }

  async end(): Promise<void> {
    const endpoint = await this.#endpoint
    endpoint[Symbol.dispose]()
  }
}

const services = new Map<string, Service>()

parentPort?.on('message', (order: ServicesOrder) => {
  switch (order.kind) {
    case 'introduce': {
      const service = services.get(order.id) ?? new Service(order.contract)
      services.set(order.id, service)
      service.introduce(order.introduction, order.port)
      return
    }
    case 'end':
      void services.get(order.id)?.end()
      services.delete(order.id)
      return
    case 'plain':
      order.port.on('message', message => order.port.postMessage(message))
      order.port.postMessage('here')
      return
  }
})
