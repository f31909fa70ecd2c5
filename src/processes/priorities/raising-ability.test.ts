import { expect, it } from 'vitest'
import { nicenessOf } from './niceness.ts'
import { raisingAbility } from './raising-ability.ts'

function onLinux(capabilities: string, limit: string) {
  const files: Readonly<Record<string, string>> = {
    '/proc/self/status': `Name:\tnexus\nCapEff:\t${capabilities}\n`,
    '/proc/self/limits': `Limit        Soft Limit   Hard Limit   Units\nMax nice priority         ${limit}                    0\n`,
  }
  return raisingAbility('linux', file => files[file] ?? '', 1_000)
}

it.each([
  ['an ordinary user', '0000000000000000', '0', { raisesAgain: false, lowest: 20 }],
  ['a user with a small limit', '0000000000000000', '15', { raisesAgain: false, lowest: 5 }],
  ['a user whose limit reaches 0', '0000000000000000', '20', { raisesAgain: true, lowest: 0 }],
  ['a user of real-time sound', '0000000000000000', '31', { raisesAgain: true, lowest: -11 }],
  ['a user without a limit', '0000000000000000', 'unlimited', { raisesAgain: true, lowest: -20 }],
  ['root', '000001ffffffffff', '0', { raisesAgain: true, lowest: -20 }],
  ['root in a container that took it away', '00000000a80425fb', '0', { raisesAgain: false, lowest: 20 }],
])('on Linux %s may do this', (_name, capabilities, limit, ability) => {
  expect(onLinux(capabilities, limit)).toEqual(ability)
})

it('elsewhere goes by the system and the user, and by the worst where nothing can be read', () => {
  const fails = (): string => {
    throw new Error('no such file')
  }
  expect(raisingAbility('linux', fails).raisesAgain).toBe(false)
  expect(raisingAbility('darwin', fails, 501).raisesAgain).toBe(false)
  expect(raisingAbility('darwin', fails, 0).raisesAgain).toBe(true)
  expect(raisingAbility('win32', fails, undefined).raisesAgain).toBe(true)
})

it('asks for no better priority than may be given, and for classes on Windows', () => {
  expect(nicenessOf('critical', 'linux', -20)).toBe(-2)
  expect(nicenessOf('critical', 'linux', 0)).toBe(0)
  expect(nicenessOf('critical', 'linux', 20)).toBe(0)
  expect(nicenessOf('background', 'darwin', 20)).toBe(10)
  expect(nicenessOf('high', 'win32', -20)).toBe(-7)
  expect(nicenessOf('background', 'win32', -20)).toBe(10)
})
