import type { Numbers, PageRecord } from '../payload.ts'
import type { Link } from '../transports/link.ts'

/** The side that is measured. Answers come by callback, so that a raw post needs no promise. */
export interface Caller {
  add(numbers: Numbers, done: (sum: number) => void): void
  echo(record: PageRecord, done: (record: PageRecord) => void): void
  /** Sends one message that has no answer; absent where the contestant knows no such thing. */
  notify?(value: number): void
  /** True when each notification is to leave before the next is made; such a caller is measured in nothing else. */
  readonly isOneByOne?: true
  /** How many notifications have arrived, and their sum. */
  received(done: (received: Received) => void): void
  /** Sends bytes and takes their checksum; only where bulk is measured. */
  store?(bytes: Uint8Array, done: (checksum: number) => void): void
}

export interface Received {
  readonly count: number
  readonly sum: number
}

/** One way to call another thread or process. */
export interface Contestant {
  /** What a reader of its numbers has to know. */
  readonly remark?: string
  /** Answers what comes over the link; resolves when calls may come. */
  answer(link: Link): void | Promise<void>
  /** `fail` is told of calls that failed; after that the cell counts as failed. */
  call(link: Link, fail: (error: unknown) => void): Caller | Promise<Caller>
}

/** What every answering side does, whatever carries the calls. */
export function createService() {
  let count = 0
  let sum = 0
  return {
    add: ({ left, right }: Numbers): number => left + right,
    echo: (record: PageRecord): PageRecord => record,
    notify: (value: number): void => {
      count += 1
      sum += value
    },
    received: (): Received => ({ count, sum }),
  }
}
