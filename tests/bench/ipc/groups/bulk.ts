import { randomFillSync } from 'node:crypto'
import { nexusName, rawBytesName } from '../contestants/all.ts'
import type { Caller } from '../contestants/contestant.ts'
import { checksumOf } from '../payload.ts'
import { atMost, type Measured } from '../results.ts'
import { spreadOf } from '../statistics.ts'
import { openPair, type Pair } from '../transports/pair.ts'
import { alternate } from './alternating.ts'
import type { Group } from './group.ts'

const megabyte = 1_048_576
const buffers = Array.from({ length: 16 }, () => randomFillSync(new Uint8Array(megabyte)))

/** A megabyte to another process, until it says that it has it. */
export const bulk: Group = {
  name: 'bulk',
  title: '1 MB to another process over a Unix socket, until its checksum is back',
  execArgv: [],
  async measure({ quick }) {
    const plan = { pairs: quick ? 5 : 40 }
    const sends = quick ? 5 : 20
    await using pairs = new AsyncDisposableStack()
    const open = async (contestant: string): Promise<Pair> => {
      const pair = await openPair('socket', contestant)
      pairs.defer(() => pair.end())
      return pair
    }
    const raw = await open(rawBytesName)
    const again = await open(rawBytesName)
    const nexus = await open(nexusName)
    const time = (pair: Pair) => () => Promise.race([medianOf(pair.caller, sends), pair.failure])
    const noise = await alternate(time(again), time(raw), plan)
    const compared = await alternate(time(nexus), time(raw), plan)
    const figures: Measured[] = [
      { name: '1 MB over a Unix socket: raw again / raw', unit: 'us', ...noise },
      {
        name: '1 MB over a Unix socket: Nexus / raw',
        unit: 'us',
        ...compared,
        target: atMost(1.1),
        noise: noise.ratio,
      },
    ]
    return figures
  },
}

async function medianOf(caller: Caller, sends: number): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < sends; index += 1) {
    // A megabyte of its own each time, which its sender does not need any more, as one that was read or computed.
    const bytes = (buffers[index % buffers.length] ?? new Uint8Array()).slice()
    const expected = checksumOf(bytes)
    const startedAt = performance.now()
    const checksum = await new Promise<number>(resolve => caller.store?.(bytes, resolve))
    times.push((performance.now() - startedAt) * 1_000)
    if (checksum !== expected) throw new Error('Other bytes arrived than were sent')
  }
  return spreadOf(times).median
}
