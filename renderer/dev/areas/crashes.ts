import { areaContracts } from '../../../contracts/areas.ts'
import type { CrashRecord } from '../../../contracts/storage-crashes.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

function someCrashes(now: number): CrashRecord[] {
  const megabyte = 1024 * 1024
  const machine: CrashRecord['machine'] = {
    platform: 'linux',
    architecture: 'x64',
    release: '6.12.0',
    totalMemoryBytes: 16_384 * megabyte,
    freeMemoryBytes: 2_210 * megabyte,
    nexusVersion: '0.6.0',
  }
  const crash = (id: string, hoursAgo: number, change: Partial<CrashRecord>): CrashRecord => ({
    id,
    kind: 'page',
    name: 'page',
    reason: 'crashed',
    exitCode: 139,
    site: 'videolab.example',
    uptimeMs: 720_000,
    lastMessages: ['→ page.read', '→ page.mark (no answer)', '→ pageMedia.state (failed)'],
    machine,
    at: now - hoursAgo * 3_600_000,
    ...change,
  })
  return [
    crash('c1', 0.1, {}),
    crash('c2', 0.3, { reason: 'memory limit', exitCode: 9 }),
    crash('c3', 1, { reason: 'did not answer', exitCode: 9, site: null, lastMessages: [] }),
    crash('c4', 26, { kind: 'service', name: 'storage', reason: 'killed', exitCode: 137, site: null }),
    crash('c5', 200, {
      kind: 'main',
      name: 'core',
      reason: 'did not close down: it crashed, was ended by force, or the computer stopped',
      exitCode: null,
      site: null,
      lastMessages: [],
    }),
  ]
}

/** The area "crashes", made up. */
export function serveCrashesFixture(endpoint: Endpoint): void {
  let crashes = someCrashes(Date.now())
  endpoint.serve(areaContracts.crashes, {
    list: () => crashes,
    clear: () => {
      const cleared = crashes.length
      crashes = []
      endpoint.announce(areaContracts.crashes, 'changed', {})
      return { cleared }
    },
    restartWithMore: () => ({}),
    exportAll: () => ({ file: '/home/mira/Downloads/Nexus crashes 2027-03-12 14.09.22.json' }),
  })
}
