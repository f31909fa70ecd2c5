import type { Client } from '../../ipc/client.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { EndpointId } from '../../ipc/identity.ts'
import { defaultRetryPolicy } from '../../ipc/retry.ts'
import type { Random } from '../fuzz/random.ts'
import { soakContract } from './soak-contract.ts'

/** How the calls of a soak ended. */
export interface Outcomes {
  answered: number
  /** By error code. */
  readonly failed: Map<string, number>
  readonly wrong: string[]
}

type Task = (client: Client<typeof soakContract>, random: Random) => Promise<boolean>

/** Everything that one peer can do with another; each says whether the answer was right. */
const tasks: Readonly<Record<string, Task>> = {
  add: async (client, random) => {
    const left = random.below(1_000)
    return (await client.add({ left, right: 1 })) === left + 1
  },
  manyAdds: async (client, random) => {
    const sums = await Promise.all(random.list(100, index => client.add({ left: index, right: 1 })))
    return sums.every((sum, index) => sum === index + 1)
  },
  reverse: async (client, random) => {
    const data = Uint8Array.from(random.list(random.below(4_000) + 1, () => random.below(256)))
    const expected = data.toReversed()
    return Buffer.from(await client.reverse({ data })).equals(expected)
  },
  readAll: async client => {
    let sum = 0
    for await (const number of client.numbers({ upTo: 200 })) sum += number
    return sum === 20_100
  },
  readSome: async client => {
    let last = 0
    for await (const number of client.numbers({ upTo: 1_000_000_000 })) {
      last = number
      if (number >= 100) break
    }
    return last === 100
  },
  sum: async (client, random) => {
    const input = random.list(100, index => index)
    return (await client.sum({}, { input })) === 4_950
  },
  cancel: async (client, random) => {
    const { signal, abort } = cancelling()
    setTimeout(abort, random.below(30))
    return await endsWith('CANCELLED', client.sleep({ ms: 5_000 }, { signal }))
  },
  deadline: (client, random) =>
    endsWith('TIMEOUT', client.sleep({ ms: 5_000 }, { deadlineMs: random.below(30) })),
  retry: async client => (await client.add({ left: 1, right: 1 }, { retry: defaultRetryPolicy })) === 2,
  note: async client => {
    client.note({ text: 'in passing' })
    return true
  },
}

/** Does one thing with a peer. Failing because somebody has gone is what a soak is about; wrong answers are not. */
export async function doSomething(
  endpoint: Endpoint,
  peer: EndpointId,
  random: Random,
  outcomes: Outcomes,
): Promise<void> {
  const name = random.pick(Object.keys(tasks))
  try {
    const isRight = await tasks[name]?.(endpoint.client(soakContract, peer), random)
    if (isRight !== true) outcomes.wrong.push(`${name} of ${peer}`)
    outcomes.answered += 1
  } catch (error) {
    const code = error instanceof IpcError ? error.code : String(error)
    outcomes.failed.set(code, (outcomes.failed.get(code) ?? 0) + 1)
    if (!expected.has(code)) outcomes.wrong.push(`${name} of ${peer} failed: ${String(error)}`)
  }
}

/** What can happen to a call while connections come and go. */
const expected = new Set(['PROCESS_TERMINATED', 'TARGET_UNAVAILABLE', 'TIMEOUT', 'QUEUE_FULL', 'CANCELLED'])

function cancelling(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}

/** True when it ends with this code, or was answered, or the peer went away before. */
async function endsWith(code: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call
    return true
  } catch (error) {
    if (error instanceof IpcError && (error.code === code || expected.has(error.code))) return true
    throw error
  }
}
