import { type MessagePort, parentPort } from 'node:worker_threads'
import { type IntroductionSource, joinHub } from '../meeting.ts'
import { domPort } from '../transports/dom-port.ts'
import { createSampleService, sampleContract } from './sample-contract.ts'

/** Program of a thread that stands for a service process: joins the hub, serves the sample contract, dies when told. */
export type MemberOrder =
  | { readonly kind: 'introduce'; readonly introduction: unknown; readonly port: MessagePort }
  | { readonly kind: 'announce'; readonly count: number }
  | { readonly kind: 'die'; readonly exitCode: number }

let hear: Parameters<IntroductionSource['onIntroduction']>[0] = () => {}

const { endpoint } = joinHub(
  {
    onIntroduction(listener) {
      hear = listener
      return { [Symbol.dispose]: () => {} }
    },
  },
  {},
  membership => membership.endpoint.serve(sampleContract, createSampleService()),
)

parentPort?.on('message', (order: MemberOrder) => {
  switch (order.kind) {
    case 'introduce':
      hear(order.introduction, domPort(order.port))
      return
    case 'announce':
      endpoint.announce(sampleContract, 'ticked', { count: order.count })
      return
    case 'die':
      process.exit(order.exitCode)
  }
})
