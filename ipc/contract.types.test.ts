import * as Type from 'typebox'
import { expectTypeOf, it } from 'vitest'
import { type Role, roles } from '../contracts/roles.ts'
import type { serviceContract } from '../contracts/service.ts'
import type { Client } from './client.ts'
import {
  type ArgsOf,
  defineContract,
  event,
  method,
  type PayloadOf,
  type ProgressOf,
  type ResultOf,
} from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import type { EndpointId } from './identity.ts'
import type { Handlers } from './served-contract.ts'

// What is promised here is promised at compile time: `tsc` is the judge, this file only has to exist.

const libraryContract = defineContract('library', {
  methods: {
    find: method({
      args: Type.Object({ title: Type.String(), limit: Type.Optional(Type.Integer()) }),
      result: Type.Array(Type.Object({ title: Type.String(), year: Type.Integer() })),
      progress: Type.Object({ searched: Type.Integer() }),
      callers: ['controller'],
      deadlineMs: 1_000,
      idempotent: true,
    }),
    close: method({
      args: Type.Object({}),
      result: Type.Null(),
      callers: ['controller'],
      deadlineMs: 1_000,
      idempotent: false,
    }),
  },
  events: { arrived: event({ payload: Type.Object({ title: Type.String() }), listeners: ['controller'] }) },
})
type Library = typeof libraryContract
type Find = Library['methods']['find']

it('derives what a method takes, gives and reports', () => {
  expectTypeOf<ArgsOf<Find>>().toEqualTypeOf<{ title: string; limit?: number }>()
  expectTypeOf<ResultOf<Find>>().toEqualTypeOf<{ title: string; year: number }[]>()
  expectTypeOf<ProgressOf<Find>>().toEqualTypeOf<{ searched: number }>()
  expectTypeOf<PayloadOf<Library['events']['arrived']>>().toEqualTypeOf<{ title: string }>()
  expectTypeOf<Parameters<Client<Library>['find']>[0]>().toEqualTypeOf<{ title: string; limit?: number }>()
  expectTypeOf<ReturnType<Client<Library>['find']>>().toEqualTypeOf<
    Promise<{ title: string; year: number }[]>
  >()
})

it('lets no wrong call compile', () => {
  const wrong = (client: Client<Library>, service: Client<typeof serviceContract>): void => {
    // @ts-expect-error a title is text
    void client.find({ title: 1 })
    // @ts-expect-error a title is needed
    void client.find({})
    // @ts-expect-error there is no such argument
    void client.find({ title: 'x', colour: 'red' })
    // @ts-expect-error there is no such method
    void client.burn({})
    // @ts-expect-error the result is a list
    const answer: Promise<string> = client.find({ title: 'x' })
    // @ts-expect-error a report has no such part
    void client.find({ title: 'x' }, { onProgress: report => report.found })
    // @ts-expect-error there is no such event
    client.on('burnt', () => {})
    // @ts-expect-error the payload has no such part
    client.on('arrived', payload => payload.author)
    // @ts-expect-error a contract without events has none to listen to
    service.on('anything', () => {})
    void answer
  }
  expectTypeOf(wrong).toBeFunction()
})

it('lets no wrong handler compile', () => {
  const right: Handlers<Library> = {
    find: ({ title }, call) => {
      call.progress({ searched: 1 })
      return [{ title, year: 1815 }]
    },
    close: async () => null,
  }
  const wrong = (endpoint: Endpoint): void => {
    // @ts-expect-error a handler is missing
    endpoint.serve(libraryContract, { close: () => null })
    // @ts-expect-error the result is a list of books
    endpoint.serve(libraryContract, { ...right, find: () => 'nothing' })
    // @ts-expect-error there is no such argument
    endpoint.serve(libraryContract, { ...right, find: ({ colour }) => colour })
    // @ts-expect-error a report is an object with a number
    endpoint.serve(libraryContract, { ...right, find: (_, call) => call.progress('half') })
    // @ts-expect-error the payload is an object with a title
    endpoint.announce(libraryContract, 'arrived', { author: 'x' })
    // @ts-expect-error a mere string is not the name of an endpoint
    endpoint.client(libraryContract, 'library')
  }
  expectTypeOf(wrong).toBeFunction()
  expectTypeOf<string>().not.toExtend<EndpointId>()
})

it('lets no misspelt caller compile', () => {
  // @ts-expect-error there is no such role
  const wrong = (): readonly Role[] => roles('contoller')
  expectTypeOf(wrong).toBeFunction()
})
