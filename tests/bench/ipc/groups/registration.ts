import { atMost } from '../results.ts'
import { alternate } from './alternating.ts'
import type { Group } from './group.ts'
import { MeetingPlace, type Member } from './meeting-place.ts'

const services = 50

/** All services register at once and each answers a first call: only then is it of use. */
export const registration: Group = {
  name: 'registration',
  title: '50 services of 10 methods register and answer a first call each, in another thread',
  execArgv: [],
  async measure({ quick }) {
    await using place = new MeetingPlace()
    // The thread is up; nothing of a service has run in it.
    const plain = await place.joinPlainly()
    plain.leave()
    let first = 0
    const register = (): Promise<number> =>
      timed(async () => {
        const members = Array.from({ length: services }, (_, index) => place.join(first + index, index))
        first += services
        await Promise.all(members.map(member => member.call()))
        return members
      })
    const registerPlainly = (): Promise<number> =>
      timed(async () => {
        const members = await Promise.all(Array.from({ length: services }, () => place.joinPlainly()))
        await Promise.all(members.map(member => member.call()))
        return members
      })
    const cold = await register()
    const compared = await alternate(register, registerPlainly, { pairs: quick ? 5 : 40 })
    return [
      {
        name: '50 services register: the first time, all code cold',
        unit: 'ms',
        value: cold,
        target: atMost(10, 'value'),
      },
      {
        name: '50 services register: again / raw channels',
        unit: 'ms',
        ...compared,
        target: atMost(10, 'value'),
      },
    ]
  },
}

/** How many ms it took until all were there; they leave before the next time. */
async function timed(join: () => Promise<readonly Member[]>): Promise<number> {
  const startedAt = performance.now()
  const members = await join()
  const elapsedMs = performance.now() - startedAt
  for (const member of members) member.leave()
  await new Promise(resolve => setTimeout(resolve, 5))
  return elapsedMs
}
