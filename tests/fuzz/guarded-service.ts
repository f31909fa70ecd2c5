import type { Call, Handlers } from '../../ipc/served-contract.ts'
import type { guardedContract } from './guarded-contract.ts'

/** Handlers that trust nobody: what reaches them against the contract is written down. */
export interface GuardedService extends Handlers<typeof guardedContract> {
  /** What should never have reached a handler. */
  readonly violations: string[]
  /** Names of the handlers and generators at work now. */
  readonly atWork: readonly string[]
  readonly handled: number
}

/** `relay` asks somebody else, within the call. */
export function createGuardedService(
  relay: (left: number, call: Call<unknown>) => Promise<number>,
): GuardedService {
  const violations: string[] = []
  const atWork: string[] = []
  let handled = 0

  /** Judged anew, without the framework's own checks, so that a fault in these is seen. */
  function demand(isTrue: boolean, method: string, args: unknown): void {
    handled += 1
    if (!isTrue) violations.push(`${method} was called with ${describe(args)}`)
  }

  async function working<T>(method: string, work: () => Promise<T>): Promise<T> {
    atWork.push(method)
    try {
      return await work()
    } finally {
      hasEnded(method)
    }
  }

  function hasEnded(method: string): void {
    atWork.splice(atWork.indexOf(method), 1)
  }

  return {
    violations,
    atWork,
    get handled() {
      return handled
    },
    add(args) {
      demand(hasExactly(args, ['left', 'right']) && isNumber(args.left) && isNumber(args.right), 'add', args)
      return args.left + args.right
    },
    echo(args) {
      demand(hasExactly(args, ['text']) && isText(args.text, 1_000), 'echo', args)
      return args.text
    },
    say(args) {
      demand(hasExactly(args, ['text']) && isText(args.text, 10_000_000), 'say', args)
      return args.text.length
    },
    file(args) {
      const { id, tags, mode, note } = args
      const isTrue =
        hasExactly(args, ['id', 'tags', 'mode'], ['note']) &&
        Number.isInteger(id) &&
        id >= 1 &&
        id <= 1_000 &&
        Array.isArray(tags) &&
        tags.length <= 5 &&
        tags.every(tag => typeof tag === 'string' && /^[a-z]{1,20}$/.test(tag)) &&
        (mode === 'fast' || mode === 'slow') &&
        (note === undefined || isText(note, 20))
      demand(isTrue, 'file', args)
      return null
    },
    count(args) {
      const isTrue =
        hasExactly(args, ['items']) &&
        Array.isArray(args.items) &&
        args.items.every(
          item => hasExactly(item, ['name', 'size']) && isText(item.name) && Number.isInteger(item.size),
        )
      demand(isTrue, 'count', args)
      return args.items.length
    },
    keep(args) {
      const { data } = args
      // Memory that the sender shares could change after it was looked at.
      const isTrue =
        hasExactly(args, ['data']) && data instanceof Uint8Array && data.buffer instanceof ArrayBuffer
      demand(isTrue && data.length <= 10_000, 'keep', args)
      return data
    },
    async *numbers(args) {
      demand(hasExactly(args, ['upTo']) && Number.isInteger(args.upTo) && args.upTo >= 0, 'numbers', args)
      atWork.push('numbers')
      try {
        for (let number = 1; number <= args.upTo; number += 1) yield number
        return args.upTo
      } finally {
        hasEnded('numbers')
      }
    },
    sum: (args, { input }) =>
      working('sum', async () => {
        demand(hasExactly(args, []), 'sum', args)
        let sum = 0
        for await (const number of input) {
          demand(isNumber(number), 'input of sum', number)
          sum += number
        }
        return sum
      }),
    steps(args, call) {
      const { upTo } = args
      demand(hasExactly(args, ['upTo']) && Number.isInteger(upTo) && upTo >= 0 && upTo <= 20, 'steps', args)
      for (let at = 1; at <= upTo; at += 1) call.progress({ at })
      return upTo
    },
    hang: (args, { signal }) =>
      working('hang', () => {
        demand(hasExactly(args, []), 'hang', args)
        return new Promise((_resolve, reject) => {
          if (signal.aborted) reject(signal.reason)
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      }),
    relay: (args, call) =>
      working('relay', () => {
        demand(hasExactly(args, ['left']) && isNumber(args.left), 'relay', args)
        return relay(args.left, call)
      }),
    note(args) {
      demand(hasExactly(args, ['text']) && isText(args.text, 100), 'note', args)
    },
    forServices(args, { peer }) {
      demand(hasExactly(args, []) && peer.role === 'service', `forServices by ${peer.role}`, args)
      return null
    },
  }
}

function hasExactly(value: unknown, required: readonly string[], optional: readonly string[] = []): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const names = Reflect.ownKeys(value)
  return (
    required.every(name => Object.hasOwn(value, name)) &&
    names.every(name => typeof name === 'string' && (required.includes(name) || optional.includes(name)))
  )
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}

function isText(value: unknown, maxLength = Number.POSITIVE_INFINITY): boolean {
  return typeof value === 'string' && [...value].length <= maxLength
}

function describe(value: unknown): string {
  const type = Object.prototype.toString.call(value).slice(8, -1)
  return typeof value === 'object' && value !== null
    ? `a ${type} with the keys ${Reflect.ownKeys(value).slice(0, 10).map(String).join(', ')}`
    : `a ${type}`
}
