import * as Type from 'typebox'
import { bytes, defineContract, event, method } from '../../ipc/contract.ts'

const callers = ['guest', 'service', 'controller']
const declared = { callers, deadlineMs: 5_000, idempotent: true }

/** What is attacked: a method for each thing that a schema or a message can say. Guests are the hostile ones. */
export const guardedContract = defineContract('guarded', {
  methods: {
    add: method({
      ...declared,
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Number(),
    }),
    echo: method({
      ...declared,
      args: Type.Object({ text: Type.String({ maxLength: 1_000 }) }),
      result: Type.String(),
    }),
    /** The same without a limit of its own. */
    say: method({ ...declared, args: Type.Object({ text: Type.String() }), result: Type.Integer() }),
    file: method({
      ...declared,
      args: Type.Object({
        id: Type.Integer({ minimum: 1, maximum: 1_000 }),
        tags: Type.Array(Type.String({ pattern: '^[a-z]+$', maxLength: 20 }), { maxItems: 5 }),
        mode: Type.Union([Type.Literal('fast'), Type.Literal('slow')]),
        note: Type.Optional(Type.String({ maxLength: 20 })),
      }),
      result: Type.Null(),
    }),
    /** Long lists are no offence. */
    count: method({
      ...declared,
      args: Type.Object({ items: Type.Array(Type.Object({ name: Type.String(), size: Type.Integer() })) }),
      result: Type.Integer(),
    }),
    keep: method({
      ...declared,
      args: Type.Object({ data: bytes({ maxBytes: 10_000 }) }),
      result: bytes({ maxBytes: 10_000 }),
    }),
    numbers: method({
      ...declared,
      args: Type.Object({ upTo: Type.Integer({ minimum: 0 }) }),
      item: Type.Integer(),
      result: Type.Integer(),
    }),
    sum: method({ ...declared, args: Type.Object({}), input: Type.Number(), result: Type.Number() }),
    steps: method({
      ...declared,
      args: Type.Object({ upTo: Type.Integer({ minimum: 0, maximum: 20 }) }),
      progress: Type.Object({ at: Type.Integer() }),
      result: Type.Integer(),
    }),
    /** Ends when it is cancelled. */
    hang: method({ ...declared, args: Type.Object({}), result: Type.Null() }),
    /** Asks somebody else before it answers. */
    relay: method({ ...declared, args: Type.Object({ left: Type.Number() }), result: Type.Number() }),
    note: method({
      ...declared,
      args: Type.Object({ text: Type.String({ maxLength: 100 }) }),
      result: Type.Null(),
      oneWay: true,
    }),
    forServices: method({ ...declared, callers: ['service'], args: Type.Object({}), result: Type.Null() }),
  },
  events: {
    ticked: event({ payload: Type.Object({ count: Type.Integer() }), listeners: ['controller', 'guest'] }),
    whispered: event({ payload: Type.Object({}), listeners: ['service'] }),
  },
})
