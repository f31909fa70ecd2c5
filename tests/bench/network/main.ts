import { parseArgs } from 'node:util'
import { median } from '../result.ts'
import { Client, download, smallRequests, type Way } from './client.ts'
import { downloadInPage, openEngine, smallInPage } from './engine-download.ts'
import { measureFiltering } from './filtering.ts'
import { World } from './processes.ts'
import { type NetworkResult, percentile, print, result } from './results.ts'

/** `npm run bench:network [-- --json] [--quick]`: what the way through the network process costs a page. */
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    // Shows that everything runs, not how fast.
    quick: { type: 'boolean', default: false },
  },
})
const downloadBytes = options.quick ? 50_000_000 : 1_000_000_000
const rounds = options.quick ? 1 : 5
const smallCount = options.quick ? 200 : 3_000
const heldConnections = 500

await using world = await World.open()
const results: NetworkResult[] = [
  ...(await inEngine()),
  ...(await bareDownloads(true)),
  ...(await bareDownloads(false)),
  ...(await small()),
  await held(),
  ...measureFiltering(options.quick ? 2_000 : 20_000),
]
print(results, options.json)
process.exitCode = results.some(({ met }) => met === false) && !options.quick ? 1 : 0

/** What a person has of it: Chromium, straight and by the proxy, by turns. */
async function inEngine(): Promise<NetworkResult[]> {
  const [straight, proxied] = await Promise.all([openEngine(null), openEngine(world)])
  try {
    const { port } = world.site
    const mbs: Record<'straight' | 'proxied', number[]> = { straight: [], proxied: [] }
    const ms: Record<'straight' | 'proxied', number[]> = { straight: [], proxied: [] }
    for (let round = 0; round < rounds; round += 1) {
      console.error(`engine: round ${round + 1} of ${rounds}`)
      mbs.straight.push(await downloadInPage(straight, port, downloadBytes))
      mbs.proxied.push(await downloadInPage(proxied, port, downloadBytes))
      ms.straight.push(...(await smallInPage(straight, port, Math.ceil(smallCount / rounds / 3))))
      ms.proxied.push(...(await smallInPage(proxied, port, Math.ceil(smallCount / rounds / 3))))
    }
    const [mine, theirs] = [percentile(ms.proxied, 0.95), percentile(ms.straight, 0.95)]
    return [
      result('1 GB into a page of Chromium', 'MB/s', median(mbs.proxied), {
        baseline: median(mbs.straight),
        target: { ratioAtLeast: 0.9 },
      }),
      result('added to a small request of a page, p95', 'ms', mine - theirs, { target: { atMost: 2 } }),
    ]
  } finally {
    await Promise.all([straight.close(), proxied.close()])
  }
}

/**
 * A client that does next to nothing with what it gets, or only takes its checksum: on loopback, where nothing but the
 * processors is the limit, and one more process has to have its share of them.
 */
async function bareDownloads(checks: boolean): Promise<NetworkResult[]> {
  const ways: Readonly<Record<string, Way>> = {
    direct: world.way('direct'),
    'by the proxy': world.way('nexus'),
    'in a tunnel': world.way('nexus', 'tunnel'),
    "by Node's own parts": world.way('plain'),
    "in a tunnel of Node's own parts": world.way('plain', 'tunnel'),
  }
  const measured = new Map<string, number[]>()
  const processor: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    console.error(`bare downloads${checks ? ' with a checksum' : ''}: round ${round + 1} of ${rounds}`)
    for (const [name, way] of Object.entries(ways)) {
      const before = world.nexus.processorMs
      measured.set(name, [...(measured.get(name) ?? []), await download(way, downloadBytes, checks)])
      const after = world.nexus.processorMs
      if (name === 'by the proxy' && before !== null && after !== null)
        processor.push(((after - before) / downloadBytes) * 1_000_000_000)
    }
  }
  const baseline = median(measured.get('direct') ?? [])
  const what = checks ? '1 GB with its checksum' : '1 GB, only counted'
  const lines = Object.keys(ways)
    .slice(1)
    .map(name => result(`${what}, ${name}`, 'MB/s', median(measured.get(name) ?? []), { baseline }))
  if (checks || processor.length === 0) return lines
  return [...lines, result('the proxy itself', 'ms of processor a GB', median(processor))]
}

async function small(): Promise<NetworkResult[]> {
  const times: Record<string, number[]> = {}
  for (const by of ['direct', 'nexus', 'plain', 'direct', 'nexus', 'plain'] as const) {
    times[by] = [...(times[by] ?? []), ...(await smallRequests(world.way(by), smallCount))]
  }
  const p95 = (by: string): number => percentile(times[by] ?? [], 0.95)
  return [
    result('added to a small request, p95', 'ms', p95('nexus') - p95('direct'), { target: { atMost: 2 } }),
    result("added by Node's own parts, p95", 'ms', p95('plain') - p95('direct')),
  ]
}

/** Requests that are under way at once, and are still there while another is answered. */
async function held(): Promise<NetworkResult> {
  using clients = new DisposableStack()
  const held: Client[] = []
  for (let count = 0; count < heldConnections - 1; count += 1) {
    const client = clients.use(await Client.open(world.way('nexus')))
    client.hold()
    held.push(client)
  }
  await smallRequests(world.way('nexus'), 50)
  const open = held.filter(({ isOpen }) => isOpen).length + 1
  return result('parallel connections held', 'connections', open, { target: { atLeast: heldConnections } })
}
