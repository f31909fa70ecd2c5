import * as Type from 'typebox'
import { bytes, defineContract, method } from '../../../../ipc/contract.ts'

const usual = { callers: ['controller'], deadlineMs: 5_000, idempotent: true }

const pageRecord = Type.Object({
  serial: Type.Integer(),
  title: Type.String({ maxLength: 200 }),
  address: Type.String({ maxLength: 2_000 }),
  summary: Type.String({ maxLength: 2_000 }),
  tags: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 20 }),
  visitedAt: Type.Integer({ minimum: 0 }),
  visitCount: Type.Integer({ minimum: 0 }),
  isPinned: Type.Boolean(),
  place: Type.Object({
    x: Type.Number(),
    y: Type.Number(),
    width: Type.Number({ minimum: 0 }),
    height: Type.Number({ minimum: 0 }),
  }),
  related: Type.Array(
    Type.Object({
      title: Type.String({ maxLength: 200 }),
      score: Type.Number({ minimum: 0, maximum: 1 }),
      isSeen: Type.Boolean(),
    }),
    { maxItems: 50 },
  ),
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
    store: method({
      ...usual,
      args: Type.Object({ bytes: bytes({ maxBytes: 2_000_000 }) }),
      result: Type.Number(),
    }),
    /** Nobody waits for an answer. */
    notify: method({
      ...usual,
      args: Type.Object({ value: Type.Integer() }),
      result: Type.Null(),
      oneWay: true,
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
