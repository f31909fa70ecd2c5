import { expect, test } from '@playwright/test'
import { type MarkedSites, serveMarkedSites } from '../fixtures/marked-sites.ts'
import { launchNexus, type Nexus } from './nexus.ts'
import { commandLinesBelow, type SearchedProcess, searchRenderers } from './process-memory.ts'

// That no two sites share a process, told by the engine and found by the system in the memory of its processes.

test.skip(process.platform !== 'linux', 'read from /proc')
test.describe.configure({ mode: 'serial', timeout: 120_000 })

const isRoot = process.getuid?.() === 0

let sites: MarkedSites
let nexus: Nexus

test.beforeAll(async () => {
  sites = await serveMarkedSites()
  nexus = await launchNexus({ environment: { NEXUS_HOSTS: sites.hosts } })
})
test.afterAll(async () => {
  await nexus[Symbol.asyncDispose]()
  await sites[Symbol.asyncDispose]()
})

interface FrameFact {
  readonly site: string
  readonly pid: number
  readonly isPrivate: boolean
}

/** Every frame that has an address of a site, with its process, as the engine tells. */
async function frames(): Promise<readonly FrameFact[]> {
  const found = await nexus.app.evaluate(({ webContents, session }) =>
    webContents.getAllWebContents().flatMap(contents =>
      contents.mainFrame.framesInSubtree.map(frame => ({
        url: frame.url,
        pid: frame.osProcessId,
        isPrivate: contents.session !== session.defaultSession,
      })),
    ),
  )
  return found.flatMap(({ url, ...rest }) => {
    const host = URL.parse(url)?.hostname ?? ''
    return host.endsWith('.test') ? [{ ...rest, site: host.split('.').slice(-2).join('.') }] : []
  })
}

/** Whose a process is: nothing private and nothing of another site may be in it. */
const ownerOf = ({ site, isPrivate }: { readonly site: string; readonly isPrivate: boolean }): string =>
  `${site}${isPrivate ? ' privately' : ''}`

/** By process, more than one owner of whom is a fault. */
function sharedBy(owned: readonly { readonly pid: number; readonly owner: string }[]): string[] {
  return [...Map.groupBy(owned, one => one.pid)].flatMap(([pid, all]) => {
    const owners = [...new Set(all.map(one => one.owner))].sort()
    return owners.length > 1 ? [`${pid}: ${owners.join(' and ')}`] : []
  })
}

const ownersIn = (searched: readonly SearchedProcess[]) =>
  searched.flatMap(({ pid, markers }) => markers.map(marker => ({ pid, owner: ownerOf(marker) })))

/** What the engine tells, once every document that is `expected` stands. */
async function expectToldApart(expected: readonly string[]): Promise<void> {
  const missing = async (): Promise<readonly string[]> => {
    const owners = (await frames()).map(ownerOf)
    return expected.filter(owner => !owners.includes(owner))
  }
  await expect.poll(missing, { timeout: 20_000, message: 'documents that are not there' }).toEqual([])
  // A frame says 0, or where it was, for a moment after it has moved; a process that is shared stays so.
  const shared = async (): Promise<readonly string[]> =>
    sharedBy(
      (await frames()).filter(({ pid }) => pid > 0).map(frame => ({ pid: frame.pid, owner: ownerOf(frame) })),
    )
  await expect.poll(shared, { timeout: 10_000, message: 'told to share a process' }).toEqual([])
}

/** What lies in the memory of the processes, which only root may read, and what the engine tells. */
async function expectIsolated(expected: readonly string[]): Promise<void> {
  if (isRoot) await expectApartInMemory(expected)
  await expectToldApart(expected)
}

async function expectApartInMemory(expected: readonly string[]): Promise<void> {
  let owned: ReturnType<typeof ownersIn> = []
  const unseen = (): readonly string[] => {
    owned = ownersIn(searchRenderers(nexus.app.process().pid ?? 0))
    return expected.filter(owner => !owned.some(one => one.owner === owner))
  }
  // Each is found, so that a search that finds nothing does not pass for a proof.
  await expect.poll(unseen, { timeout: 30_000 }).toEqual([])
  expect(sharedBy(owned)).toEqual([])
  // And where the engine says that it is.
  const byPid = new Map(owned.map(({ pid, owner }) => [pid, owner]))
  const elsewhere = async (): Promise<readonly string[]> =>
    (await frames())
      .filter(frame => (byPid.get(frame.pid) ?? ownerOf(frame)) !== ownerOf(frame))
      .map(frame => `${ownerOf(frame)} is told to be with ${byPid.get(frame.pid)}`)
  await expect.poll(elsewhere, { timeout: 10_000 }).toEqual([])
}

async function open(address: string, title: string): Promise<void> {
  await nexus.go(address)
  await expect(nexus.chrome.getByRole('tab', { name: title, selected: true })).toBeVisible({
    timeout: 20_000,
  })
}

/** The process of the page with this title. */
async function processOf(title: string): Promise<number> {
  const told = (): Promise<number> =>
    nexus.app.evaluate(({ webContents }, wanted) => {
      const contents = webContents.getAllWebContents().find(one => one.getTitle() === wanted)
      return contents?.getOSProcessId() ?? 0
    }, title)
  await expect.poll(told, { timeout: 30_000 }).toBeGreaterThan(1)
  return told()
}

test('a page and its frames of other sites, within one another, have a process each', async () => {
  const innermost = sites.address('a.test', 'innermost')
  const third = sites.address('www.c.test', 'third', { frames: [innermost], more: true })
  const second = sites.address('b.test', 'second', { frames: [third], more: true })
  const sameSite = sites.address('deep.sub.a.test', 'same-site')
  const address = sites.address('a.test', 'first', { frames: [second, sameSite], more: true })
  await open(address, 'a.test first')
  await expectIsolated(['a.test', 'b.test', 'c.test'])
})

test('frames of one site in two tabs, and two tabs of one site, meet nobody else', async () => {
  await nexus.newTab()
  const framed = [sites.address('c.test', 'again'), sites.address('d.test', 'new')]
  await open(sites.address('b.test', 'own', { frames: framed }), 'b.test own')
  await nexus.newTab()
  await open(sites.address('www.a.test', 'second-tab', { frames: framed }), 'a.test second-tab')
  await expectIsolated(['a.test', 'b.test', 'c.test', 'd.test'])
})

test('a page that opens others, with a way back to it and without, gets none into its process', async () => {
  await nexus.newTab()
  await open(sites.address('e.test', 'opener'), 'e.test opener')
  const page = await nexus.page('name=opener')
  for (const [host, name, features] of [
    ['f.test', 'opened', ''],
    ['f.test', 'apart', 'noopener'],
    ['e.test', 'sibling', ''],
  ] as const) {
    await page.evaluate(([url, how]) => void window.open(url, '_blank', how), [
      sites.address(host, name),
      features,
    ] as const)
    await expect(nexus.chrome.getByRole('tab', { name: `${host} ${name}` })).toBeVisible({ timeout: 20_000 })
  }
  await expectIsolated(['a.test', 'b.test', 'c.test', 'd.test', 'e.test', 'f.test'])
})

test('redirects, pages that go elsewhere, and the way back and forward change the process with the site', async () => {
  await nexus.newTab()
  await open(sites.redirect('g.test', sites.address('h.test', 'redirected')), 'h.test redirected')
  await expectToldApart(['h.test'])
  const redirected = await processOf('h.test redirected')
  await open(sites.address('g.test', 'here'), 'g.test here')
  expect(await processOf('g.test here')).not.toBe(redirected)
  await open(
    sites.address('g.test', 'leaving', { goesTo: sites.address('h.test', 'arrived') }),
    'h.test arrived',
  )
  await expectIsolated(['h.test'])
  await nexus.newTab()
  await open(sites.address('g.test', 'one'), 'g.test one')
  await open(sites.address('h.test', 'two'), 'h.test two')
  await open(sites.address('g.test', 'three'), 'g.test three')
  for (const [name, title] of [
    ['Back', 'h.test two'],
    ['Back', 'g.test one'],
    ['Forward', 'h.test two'],
  ] as const) {
    await nexus.chrome.getByRole('button', { name, exact: true }).click()
    await expect(nexus.chrome.getByRole('tab', { name: title, selected: true })).toBeVisible({
      timeout: 20_000,
    })
    await expectToldApart([title.slice(0, 6)])
  }
  const frame = sites.address('b.test', 'wanders', { goesTo: sites.address('d.test', 'framed') })
  await open(sites.address('g.test', 'frames', { frames: [frame] }), 'g.test frames')
  await expectIsolated(['g.test', 'd.test'])
})

test('a private tab shares no process with an ordinary one of its site', async () => {
  await nexus.newPrivateTab()
  const framed = [
    sites.address('b.test', 'unseen', { isPrivate: true }),
    sites.address('a.test', 'unseen', { isPrivate: true }),
  ]
  await nexus.go(sites.address('a.test', 'unseen', { isPrivate: true, frames: framed, more: true }))
  await expect(nexus.chrome.getByRole('tab', { name: 'a.test unseen, private', selected: true })).toBeVisible(
    { timeout: 20_000 },
  )
  await expectIsolated(['a.test', 'b.test', 'a.test privately', 'b.test privately'])
})

test('nothing that takes sites apart is switched off', () => {
  const lines = commandLinesBelow(nexus.app.process().pid ?? 0)
  expect(lines.filter(line => line.includes('--type=renderer')).length).toBeGreaterThan(5)
  for (const line of lines) {
    expect(line).not.toMatch(
      /--(disable-site-isolation|no-sandbox|single-process|process-per-site|in-process-gpu|renderer-process-limit|disable-web-security)/,
    )
    const off = /--disable-features=(\S*)/.exec(line)?.[1]?.split(',') ?? []
    expect(off.filter(name => /isolat|SitePerProcess|OriginKeyed/i.test(name))).toEqual([])
  }
})

test('the search would find sites that share a process', async () => {
  test.skip(!isRoot, 'only root may read the memory of other processes')
  const off = ['--disable-site-isolation-trials', '--disable-features=IsolateOrigins,site-per-process']
  await using together = await launchNexus({ args: off, environment: { NEXUS_HOSTS: sites.hosts } })
  await together.go(
    sites.address('a.test', 'together', { frames: [sites.address('b.test', 'with-it')], more: true }),
  )
  await expect(together.chrome.getByRole('tab', { name: 'a.test together' })).toBeVisible({ timeout: 20_000 })
  const shared = (): readonly string[] =>
    sharedBy(ownersIn(searchRenderers(together.app.process().pid ?? 0))).map(one => one.replace(/^\d+: /, ''))
  await expect.poll(shared, { timeout: 20_000 }).toEqual(['a.test and b.test'])
})
