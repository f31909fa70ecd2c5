import * as Type from 'typebox'
import { expectTypeOf, it } from 'vitest'
import type { aiContract } from '../contracts/ai.ts'
import type { browserContract } from '../contracts/browser.ts'
import type { controlContract } from '../contracts/control.ts'
import type { pageContract } from '../contracts/page.ts'
import type { Role } from '../contracts/roles.ts'
import type { serviceContract } from '../contracts/service.ts'
import type { storageContract } from '../contracts/storage.ts'
import type { Client, ItemStream } from './client.ts'
import {
  type ArgsOf,
  type Contract,
  defineContract,
  event,
  type IsOneWay,
  type ItemOf,
  method,
  type ResultOf,
} from './contract.ts'
import type { Endpoint } from './endpoint.ts'
import type { hubContract } from './hub-contract.ts'
import type { Call, Handlers } from './served-contract.ts'

// A contract and its users drift apart at compile time or not at all: `tsc` is the judge, this file only has to exist.
// Each case below changes one thing in a contract and shows that what was written for it before does not compile.

const common = { callers: ['controller'], deadlineMs: 1_000, idempotent: true } as const
const Book = Type.Object({ title: Type.String(), year: Type.Integer() })
const find = method({
  ...common,
  args: Type.Object({ title: Type.String() }),
  result: Type.Array(Book),
  progress: Type.Object({ searched: Type.Integer() }),
})
const browse = method({
  ...common,
  args: Type.Object({ shelf: Type.String() }),
  result: Type.Integer(),
  item: Book,
})
const collect = method({ ...common, args: Type.Object({}), result: Type.Integer(), input: Book })
const noted = method({
  ...common,
  args: Type.Object({ line: Type.String() }),
  result: Type.Null(),
  oneWay: true,
})
const arrived = event({ payload: Type.Object({ title: Type.String() }), listeners: ['controller'] })

const libraryContract = defineContract('library', {
  methods: { find, browse, collect, noted },
  events: { arrived },
})
type Library = typeof libraryContract

/** What somebody wrote for the contract as it is above, with types of their own. */
const written = {
  find: ({ title }: { title: string }, call: Call<{ searched: number }>) => {
    call.progress({ searched: 1 })
    return [{ title, year: 1815 }]
  },
  async *browse({ shelf }: { shelf: string }) {
    yield { title: shelf, year: 1815 }
    return 1
  },
  collect: async (_: object, call: Call<never, { year: number }>) => {
    let count = 0
    for await (const { year } of call.input) count += year
    return count
  },
  noted: ({ line }: { line: string }) => void line,
}

it('derives streams and one-way methods', () => {
  const wrong = (client: Client<Library>): void => {
    expectTypeOf(client.browse({ shelf: 'a' })).toEqualTypeOf<
      ItemStream<{ title: string; year: number }, number>
    >()
    expectTypeOf(client.noted({ line: 'a' })).toEqualTypeOf<void>()
    void client.collect({}, { input: [{ title: 'Emma', year: 1815 }] })
    // @ts-expect-error nobody answers a one-way method
    void client.noted({ line: 'a' }).then
    // @ts-expect-error a stream is no promise
    void client.browse({ shelf: 'a' }).then
    // @ts-expect-error what is sent along are books
    void client.collect({}, { input: ['Emma'] })
    // @ts-expect-error a method without arguments takes none
    void client.collect({ title: 'Emma' })
    // @ts-expect-error this method reports no progress
    void client.collect({}, { onProgress: report => report.searched })
    // @ts-expect-error nothing can be sent along with this one
    void client.find({ title: 'Emma' }, { input: [{ title: 'Emma', year: 1815 }] })
    // @ts-expect-error a one-way method has no deadline
    client.noted({ line: 'a' }, { deadlineMs: 1 })
  }
  expectTypeOf(wrong).toBeFunction()
  expectTypeOf<ItemOf<Library['methods']['find']>>().toBeNever()
  expectTypeOf<IsOneWay<Library['methods']['noted']>>().toEqualTypeOf<true>()
  expectTypeOf<IsOneWay<Library['methods']['find']>>().toEqualTypeOf<false>()
})

/** The library with some of its methods declared otherwise. */
type Changed<M extends Contract['methods']> = Contract<
  'library',
  Omit<Library['methods'], keyof M> & M,
  Library['events']
>
const burn = method({ ...common, args: Type.Object({}), result: Type.Null() })
const findByName = method({
  ...common,
  args: Type.Object({ name: Type.String() }),
  result: Type.Array(Book),
})
const findNames = method({
  ...common,
  args: Type.Object({ title: Type.String() }),
  result: Type.Array(Type.String()),
})
const browseAuthors = method({
  ...common,
  args: Type.Object({ shelf: Type.String() }),
  result: Type.Integer(),
  item: Type.Object({ title: Type.String(), author: Type.String() }),
})
const browseAtOnce = method({
  ...common,
  args: Type.Object({ shelf: Type.String() }),
  result: Type.Integer(),
})
const collectNames = method({
  ...common,
  args: Type.Object({}),
  result: Type.Integer(),
  input: Type.String(),
})

it('refuses handlers that were written for another contract', () => {
  const wrong = (
    endpoint: Endpoint,
    contracts: {
      readonly same: Changed<{ readonly find: typeof find }>
      readonly more: Changed<{ readonly burn: typeof burn }>
      readonly otherArgs: Changed<{ readonly find: typeof findByName }>
      readonly otherResult: Changed<{ readonly find: typeof findNames }>
      readonly otherItem: Changed<{ readonly browse: typeof browseAuthors }>
      readonly noStream: Changed<{ readonly browse: typeof browseAtOnce }>
      readonly otherInput: Changed<{ readonly collect: typeof collectNames }>
    },
  ): void => {
    endpoint.serve(contracts.same, written)
    // @ts-expect-error a method came
    endpoint.serve(contracts.more, written)
    // @ts-expect-error an argument has another name
    endpoint.serve(contracts.otherArgs, written)
    // @ts-expect-error the result is something else
    endpoint.serve(contracts.otherResult, written)
    // @ts-expect-error the items are something else
    endpoint.serve(contracts.otherItem, written)
    // @ts-expect-error it is no stream any more
    endpoint.serve(contracts.noStream, written)
    // @ts-expect-error what is sent along is something else
    endpoint.serve(contracts.otherInput, written)
    const typed: Handlers<Library> = written
    // @ts-expect-error the same, where the old contract's own type hides what was written
    endpoint.serve(contracts.more, typed)
    // @ts-expect-error this method reports no progress
    endpoint.serve(libraryContract, { ...written, noted: (_, call) => call.progress('half') })
    // @ts-expect-error nothing is said of what was burnt
    endpoint.serve(contracts.more, { ...written, burn: () => 'Emma' })
    // @ts-expect-error the payload is something else
    endpoint.announce(libraryContract, 'arrived', { name: 'Emma' })
    // @ts-expect-error there is no such event
    endpoint.announce(libraryContract, 'left', { title: 'Emma' })
  }
  expectTypeOf(wrong).toBeFunction()
})

it('refuses callers that were written for another contract', () => {
  const caller = (client: Client<Library>): Promise<{ title: string; year: number }[]> =>
    client.find({ title: 'Emma' })
  type With<
    Methods extends Contract['methods'],
    Events extends Contract['events'] = Library['events'],
  > = Client<Contract<'library', Methods, Events>>
  const wrong = (
    gone: With<{ readonly browse: typeof browse }>,
    needsMore: With<{ readonly find: typeof findByAuthor }>,
    givesLess: With<{ readonly find: typeof findTitles }>,
    silent: With<Library['methods'], Record<never, never>>,
  ): void => {
    // @ts-expect-error the method is gone
    void caller(gone)
    // @ts-expect-error the method needs more than it is given
    void caller(needsMore)
    // @ts-expect-error the result has less than is read
    void caller(givesLess)
    // @ts-expect-error the event is gone
    silent.on('arrived', () => {})
  }
  expectTypeOf(wrong).toBeFunction()
})
const findByAuthor = method({
  ...common,
  args: Type.Object({ title: Type.String(), author: Type.String() }),
  result: Type.Array(Book),
})
const findTitles = method({
  ...common,
  args: Type.Object({ title: Type.String() }),
  result: Type.Array(Type.Object({ title: Type.String() })),
})

type IsAny<T> = 0 extends 1 & T ? true : false
type IsLoose<T> = IsAny<T> extends true ? true : unknown extends T ? true : false
type Methods<C extends Contract> = keyof C['methods'] & string

/** Methods whose arguments, result or handler are not what the contract says, on either side; and those that say `any`. */
type Drifted<C extends Contract> = {
  [M in Methods<C>]: IsLoose<ArgsOf<C['methods'][M]>> extends true
    ? M
    : IsLoose<ResultOf<C['methods'][M]>> extends true
      ? M
      : [ArgsOf<C['methods'][M]>] extends [Parameters<Handlers<C>[M]>[0]]
        ? [Awaited<ReturnType<Handlers<C>[M]>>] extends [Promised<C, M>]
          ? never
          : M
        : M
}[Methods<C>]

/** What a caller gets for what a handler gives. */
type Promised<C extends Contract, M extends Methods<C>> = Client<C>[M] extends (
  args: never,
) => Promise<infer R>
  ? R
  : unknown

/** Callers that are no role of this application. */
type Strangers<C extends Contract> = Exclude<C['methods'][Methods<C>]['callers'][number], Role>

it('lets no real contract say `any`, nor its two sides disagree', () => {
  expectTypeOf<Drifted<typeof aiContract>>().toBeNever()
  expectTypeOf<Drifted<typeof browserContract>>().toBeNever()
  expectTypeOf<Drifted<typeof controlContract>>().toBeNever()
  expectTypeOf<Drifted<typeof hubContract>>().toBeNever()
  expectTypeOf<Drifted<typeof pageContract>>().toBeNever()
  expectTypeOf<Drifted<typeof serviceContract>>().toBeNever()
  expectTypeOf<Drifted<typeof storageContract>>().toBeNever()
  const loose = defineContract('loose', {
    methods: { say: method({ ...common, args: Type.Any(), result: Type.Null() }) },
  })
  expectTypeOf<Drifted<typeof loose>>().toEqualTypeOf<'say'>()
})

it('lets real contracts be called by real roles only', () => {
  expectTypeOf<Strangers<typeof aiContract>>().toBeNever()
  expectTypeOf<Strangers<typeof browserContract>>().toBeNever()
  expectTypeOf<Strangers<typeof controlContract>>().toBeNever()
  expectTypeOf<Strangers<typeof pageContract>>().toBeNever()
  expectTypeOf<Strangers<typeof storageContract>>().toBeNever()
})

it('lets nobody serve or call a real contract wrongly', () => {
  const wrong = (
    endpoint: Endpoint,
    storage: Handlers<typeof storageContract>,
    calls: {
      readonly ai: Client<typeof aiContract>
      readonly control: Client<typeof controlContract>
      readonly page: Client<typeof pageContract>
      readonly storage: Client<typeof storageContract>
    },
    contracts: { readonly storage: typeof storageContract; readonly browser: typeof browserContract },
  ): void => {
    const { loadSettings: _, ...incomplete } = storage
    // @ts-expect-error one handler is missing
    endpoint.serve(contracts.storage, incomplete)
    // @ts-expect-error the number of deleted entries is said under another name
    endpoint.serve(contracts.storage, { ...storage, deleteHistory: () => ({ count: 1 }) })
    // @ts-expect-error handlers of one contract are none for another
    endpoint.serve(contracts.browser, storage)
    // @ts-expect-error a tab is named, not numbered
    void calls.ai.analyzeTab({ tab: 7 })
    // @ts-expect-error there is no such theme
    void calls.storage.saveSettings({ theme: 'pink' })
    // @ts-expect-error a page is read whole
    void calls.page.read({ from: 1 })
    // @ts-expect-error only these services can be replayed
    void calls.control.replay({ service: 'network', method: 'a.b', argsJson: '{}' })
    // @ts-expect-error settings are an object
    calls.storage.on('settingsChanged', (settings: string) => settings)
  }
  expectTypeOf(wrong).toBeFunction()
})
