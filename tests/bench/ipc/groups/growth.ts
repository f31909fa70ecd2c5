import { atMost } from '../results.ts'
import { spreadOf } from '../statistics.ts'
import { type Alternated, alternate } from './alternating.ts'
import type { Group } from './group.ts'
import { MeetingPlace, type Member } from './meeting-place.ts'

const few = 2
const many = 200
/** The same for all, as with tabs: only their number is to differ. */
const contract = 0
/** Beyond the numbers of those who stay. */
const firstGuest = 1_000

/** What joining and calling cost among two endpoints and among two hundred, each with a hub and a thread of its own. */
export const growth: Group = {
  name: 'growth',
  title: 'among 2 endpoints and among 200: a join with its first call, and calls to each in turn',
  execArgv: [],
  async measure({ quick }) {
    const plan = { pairs: quick ? 5 : 30 }
    const calls = quick ? 100 : 400
    const compareCalls = async (gather: Gather): Promise<Alternated> => {
      await using small = new MeetingPlace()
      await using large = new MeetingPlace()
      const fewMembers = await gather(small, few)
      const manyMembers = await gather(large, many)
      return await alternate(
        () => callTime(manyMembers, calls),
        () => callTime(fewMembers, calls),
        plan,
      )
    }
    // One after the other: every open channel costs every other one a little, because libuv asks each at every wake.
    const plainCalls = await compareCalls(plainCrowd)
    const called = await compareCalls(crowd)
    const joined = await compareJoins({ ...plan, joins: quick ? 5 : 20 })
    return [
      { name: 'a join at 200 endpoints / at 2', unit: 'us', ...joined, target: atMost(1.1) },
      { name: 'a raw round trip at 200 channels / at 2', unit: 'us', ...plainCalls },
      {
        name: 'a round trip at 200 endpoints / at 2',
        unit: 'us',
        ...called,
        target: atMost(1.1),
        noise: plainCalls.ratio,
      },
    ]
  },
}

type Gather = (place: MeetingPlace, size: number) => Promise<readonly Member[]>

async function compareJoins({ joins, pairs }: { readonly joins: number; readonly pairs: number }) {
  await using small = new MeetingPlace()
  await using large = new MeetingPlace()
  await crowd(small, few)
  await crowd(large, many)
  return await alternate(
    () => joinTime(large, joins),
    () => joinTime(small, joins),
    { pairs },
  )
}

async function crowd(place: MeetingPlace, size: number): Promise<readonly Member[]> {
  const members = Array.from({ length: size }, (_, index) => place.join(index, contract))
  await Promise.all(members.map(member => member.call()))
  return members
}

function plainCrowd(place: MeetingPlace, size: number): Promise<readonly Member[]> {
  return Promise.all(Array.from({ length: size }, () => place.joinPlainly()))
}

let lastGuest = firstGuest

/** Median over joins one after the other, in us; each guest leaves again. */
async function joinTime(place: MeetingPlace, joins: number): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < joins; index += 1) {
    lastGuest += 1
    const startedAt = performance.now()
    const member = place.join(lastGuest, contract)
    await member.call()
    times.push((performance.now() - startedAt) * 1_000)
    member.leave()
  }
  return spreadOf(times).median
}

/** Median round trip in us, one call in flight, to one member after the other. */
async function callTime(members: readonly Member[], calls: number): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < calls; index += 1) {
    const startedAt = performance.now()
    await members[index % members.length]?.call()
    times.push((performance.now() - startedAt) * 1_000)
  }
  return spreadOf(times).median
}
