import { describe, expect, it } from 'vitest'
import { ProcessKind } from '../../../contracts/processes.ts'
import { serviceDefinitions } from '../service-definitions.ts'
import { type SandboxPlaces, sandboxOf } from './sandbox-of.ts'
import { sandboxTable } from './sandbox-table.ts'
import { serviceLaunch } from './service-launch.ts'

const kinds = ProcessKind.anyOf.map(({ const: kind }) => kind)
const places: SandboxPlaces = {
  models: '/app/assets/models',
  profile: '/home/a/.nexus',
  filterLists: '/app/build/filters/lists.bin',
  hostsFile: '/etc/hosts',
  downloads: null,
}

describe('what processes may do', () => {
  it('is said of every kind, with a reason, and of no other', () => {
    expect(Object.keys(sandboxTable).sort()).toEqual([...kinds].sort())
    for (const kind of kinds) expect(sandboxTable[kind].reason.length).toBeGreaterThan(30)
  })

  it('is nothing of files, network and processes for all that strangers write for', () => {
    for (const kind of ['tab', 'chrome', 'compositor'] as const) {
      expect(sandboxOf(kind, places)).toMatchObject({
        enforcedBy: 'system',
        readsFiles: 'none',
        writesFiles: 'none',
        folders: [],
        network: false,
        childProcesses: false,
      })
    }
  })

  it('gives the network to one of our helpers, and child processes to none', () => {
    const ours = kinds.filter(kind => sandboxTable[kind].enforcedBy === 'self')
    expect(ours.filter(kind => sandboxTable[kind].network)).toEqual(['network'])
    expect(ours.filter(kind => sandboxTable[kind].childProcesses)).toEqual([])
    expect(ours.filter(kind => sandboxTable[kind].writes === 'any')).toEqual([])
  })

  it('names the folders as far as they are known', () => {
    expect(sandboxOf('network', places)).toEqual({
      enforcedBy: 'self',
      readsFiles: 'folders',
      writesFiles: 'folders',
      folders: ['/home/a/.nexus', '/app/build/filters/lists.bin', '/etc/hosts'],
      network: true,
      gpu: false,
      childProcesses: false,
    })
    expect(sandboxOf('ai', places)).toMatchObject({
      readsFiles: 'folders',
      writesFiles: 'none',
      folders: ['/app/assets/models'],
    })
    expect(sandboxOf('controller', places)).toMatchObject({ readsFiles: 'any', folders: [] })
  })
})

describe('how a service is started', () => {
  const environment = {
    PATH: '/usr/bin',
    HOME: '/home/a',
    LANG: 'de_DE.UTF-8',
    TMPDIR: '/tmp/a',
    NODE_OPTIONS: '--inspect',
    SECRET_TOKEN: 'x',
    LD_PRELOAD: '/evil.so',
  }

  it('keeps the environment from it that its row does not need', () => {
    const launch = (kind: 'ai' | 'storage') => serviceLaunch({ kind, memoryLimitBytes: 2 ** 30 }, environment)
    expect(launch('ai').environment).toEqual({ LANG: 'de_DE.UTF-8' })
    expect(launch('storage').environment).toEqual({ LANG: 'de_DE.UTF-8', TMPDIR: '/tmp/a' })
  })

  it('bounds the heap below the limit of each service', () => {
    const definitions = serviceDefinitions({
      buildFolder: '/app/build',
      modelsFolder: '/app/assets/models',
      databaseFile: '/home/a/.nexus/nexus.sqlite',
      cacheFile: '/home/a/.nexus/fetches.sqlite',
    })
    for (const definition of definitions) {
      const [flag = ''] = serviceLaunch(definition, {}).execArgv
      const heapBytes = Number(/^--max-old-space-size=(\d+)$/.exec(flag)?.[1]) * 2 ** 20
      expect(heapBytes).toBeGreaterThan(300 * 2 ** 20)
      expect(heapBytes).toBeLessThan(definition.memoryLimitBytes)
    }
  })
})
