import { areaContracts } from '../../../contracts/areas.ts'
import type { DownloadEntry } from '../../../contracts/downloads-for-chrome.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

const megabyte = 1_000_000
const today = new Date().setHours(13, 52, 0, 0)

function made(changes: Partial<DownloadEntry> & Pick<DownloadEntry, 'id' | 'name' | 'state'>): DownloadEntry {
  const size = changes.size ?? 4_100_000
  return {
    url: `https://${changes.site ?? 'lib.example'}/files/${changes.name}`,
    site: 'lib.example',
    mimeType: 'application/octet-stream',
    received: size,
    sha256: null,
    canPause: false,
    canResume: false,
    isThere: true,
    isPrivate: false,
    startedAt: today - Number(changes.id) * 60_000,
    endedAt: null,
    ...changes,
    size,
  }
}

function entries(): DownloadEntry[] {
  return [
    made({
      id: '1',
      name: 'pier-survey-full.tif',
      site: 'harbourlog.example',
      state: { kind: 'running', bytesPerSecond: 11_200_000, secondsLeft: 12 },
      size: 345 * megabyte,
      received: 214 * megabyte,
      canPause: true,
    }),
    made({
      id: '2',
      name: 'station-minutes-1979.zip',
      state: { kind: 'paused', by: 'person' },
      size: 58 * megabyte,
      received: 18 * megabyte,
      canResume: true,
    }),
    made({
      id: '3',
      name: 'tide-tables-2031.pdf',
      site: 'sea.example',
      state: { kind: 'completed' },
      sha256: 'a1'.repeat(32),
      endedAt: today,
    }),
    made({
      id: '4',
      name: 'viewer-setup.run',
      site: 'tapehead.example',
      state: { kind: 'held', danger: 'a program that can change this computer' },
      size: 22 * megabyte,
      sha256: 'b2'.repeat(32),
    }),
    made({
      id: '5',
      name: 'minutes-april.odt',
      site: 'mail.example',
      state: { kind: 'failed', reason: 'Stopped: the connection closed too often' },
      size: 2_100_000,
      received: 900_000,
      canResume: true,
    }),
    made({
      id: '6',
      name: 'drum-scan-07.png',
      state: { kind: 'completed' },
      size: 8_800_000,
      endedAt: today - 86_400_000,
      isPrivate: true,
    }),
  ]
}

/** The area "downloads", made up: one of each kind. Going on with the paused one lets it end. */
export function serveDownloadsFixture(endpoint: Endpoint): void {
  const known = new Map(entries().map(entry => [entry.id, entry]))
  const contract = areaContracts.downloads
  const change = (id: string, changes: Partial<DownloadEntry>): Record<never, never> => {
    const before = known.get(id)
    if (before === undefined) return {}
    const entry = { ...before, ...changes }
    known.set(id, entry)
    endpoint.announce(contract, 'changed', entry)
    return {}
  }
  const remove = (ids: string[]): Record<never, never> => {
    for (const id of ids) known.delete(id)
    endpoint.announce(contract, 'removed', { ids })
    return {}
  }
  endpoint.serve(contract, {
    list: () => ({ folder: '/home/ada/Downloads', entries: [...known.values()] }),
    start: () => ({ id: '1' }),
    pause: ({ id }) =>
      change(id, { state: { kind: 'paused', by: 'person' }, canPause: false, canResume: true }),
    resume: ({ id }) =>
      change(id, { state: { kind: 'completed' }, received: known.get(id)?.size ?? 0, endedAt: today }),
    cancel: ({ id }) => change(id, { state: { kind: 'cancelled' }, canPause: false, received: 0 }),
    remove: ({ id }) => remove([id]),
    clearFinished: () => remove(['3', '5', '6']),
    keep: ({ id }) => change(id, { state: { kind: 'completed' } }),
    open: () => ({}),
    showInFolder: () => ({}),
    copyAddress: () => ({}),
    openFolder: () => {
      throw new Error('There is no folder here')
    },
    chooseFolder: () => ({ isChosen: true }),
  })
}
