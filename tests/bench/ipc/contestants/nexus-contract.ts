import * as Type from 'typebox'
import { defineContract, event, method } from '../../../../ipc/contract.ts'

const usual = { callers: ['controller'], deadlineMs: 5_000, idempotent: true }

const pageRecord = Type.Object({
  serial: Type.Integer(),
  title: Type.String({ maxLength: 200 }),
  address: Type.String({ maxLength: 2_000 }),
  summary: Type.String({ maxLength: 2_000 }),
  tags: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 }),
  visits: Type.Array(Type.Integer(), { maxItems: 100 }),
  isPinned: Type.Boolean(),
  place: Type.Object({
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number({ minimum: 0 }),
    height: Type.Number({ minimum: 0 }),
  }),
})

/** What the answering side serves. */
export const answererContract = defineContract('answerer', {
  methods: {
    add: method({
      ...usual,
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Number(),
    }),
    echo: method({ ...usual, args: pageRecord, result: pageRecord }),
    received: method({
      ...usual,
      args: Type.Object({}),
      result: Type.Object({ count: Type.Integer(), sum: Type.Number() }),
    }),
    /** Takes bytes and answers their checksum. */
    store: method({ ...usual, args: Type.Object({ bytes: Type.Any() }), result: Type.Number() }),
    /** Has no answer. */
    note: method({
      ...usual,
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Null(),
      oneWay: true,
      deadlineMs: 3_600_000,
    }),
    /** Never answers. */
    hang: method({
      ...usual,
      args: Type.Object({ left: Type.Number(), right: Type.Number() }),
      result: Type.Number(),
      deadlineMs: 3_600_000,
    }),
  },
})

/** What the calling side announces: messages without an answer. */
export const feedContract = defineContract('feed', {
  methods: {},
  events: {
    counted: event({ payload: Type.Object({ value: Type.Integer() }), listeners: ['service'] }),
  },
})
