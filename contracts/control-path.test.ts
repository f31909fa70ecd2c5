import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { controlSocketPath, defaultUserDataFolder } from './control-path.ts'

it('the profile lies where NEXUS_USER_DATA says, before all else', () => {
  const environment = { NEXUS_USER_DATA: '/tmp/chosen', XDG_CONFIG_HOME: '/cfg', APPDATA: '/cfg' }
  expect(defaultUserDataFolder(environment)).toBe(path.resolve('/tmp/chosen'))
  expect(defaultUserDataFolder({ ...environment, NEXUS_USER_DATA: '' })).toMatch(/Nexus$/)
})

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('the profile lies where Electron puts it', () => {
    expect(defaultUserDataFolder({ XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/Nexus')
    expect(defaultUserDataFolder({})).toMatch(/\/\.config\/Nexus$/)
  })

  it('the socket stands in a folder of its own', () => {
    expect(controlSocketPath('/home/ada/.config/Nexus')).toBe('/home/ada/.config/Nexus/control/socket')
  })

  it('the socket finds a shorter place where its path would be too long, one for each profile', () => {
    const long = `/tmp/${'deep/'.repeat(30)}`
    const [first, second] = [controlSocketPath(`${long}a`), controlSocketPath(`${long}b`)]
    expect(Buffer.byteLength(first)).toBeLessThan(100)
    expect(first).not.toBe(second)
    expect(controlSocketPath(`${long}a/`)).toBe(first)
  })
})
