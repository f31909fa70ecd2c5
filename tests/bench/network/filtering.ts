import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Request } from '@ghostery/adblocker'
import type { JudgedRequest, RequestKind } from '../../../contracts/network-filtering.ts'
import { compileLists, readCompiledLists } from '../../../network-service/filtering/compiled-lists.ts'
import { ListJudge } from '../../../network-service/filtering/list-judge.ts'
import { median } from '../result.ts'
import { type NetworkResult, percentile, result } from './results.ts'

const folder = path.resolve(import.meta.dirname, '../../../assets/lists')
const kinds: readonly RequestKind[] = ['script', 'image', 'stylesheet', 'xhr', 'font', 'subFrame', 'ping']
/** Hosts that the lists know, and hosts that they do not. */
const hosts = [
  'www.google-analytics.com',
  'securepubads.g.doubleclick.net',
  'connect.facebook.net',
  'cdn.jsdelivr.net',
  'fonts.gstatic.com',
  'static.site.example',
  'images.site.example',
  'api.site.example',
]
const paths = [
  'app/main.min.js',
  'assets/img/hero-1280x720.jpg',
  'collect?v=2&tid=G-1&cid=',
  'v1/items?page=',
  'ads/banner_300x250.gif?n=',
]

/** What the filter lists that ship cost: a decision, and their start. `count` requests are judged, none of them twice. */
export function measureFiltering(count: number): NetworkResult[] {
  const lists = ['easylist', 'easyprivacy'].map(name => ({
    name,
    text: readFileSync(path.join(folder, `${name}.txt`), 'utf8'),
  }))
  const file = compileLists(lists)
  const loads = Array.from({ length: 5 }, () => timed(() => readCompiledLists(file)))
  const compiled = readCompiledLists(file)
  const judge = new ListJudge(compiled)
  for (const request of requests(count, 'warm')) judge.decide(request)
  const ours = requests(count, 'a').map(request => timed(() => judge.decide(request)))
  const bare = requests(count, 'b').map(({ url, kind, source }) =>
    timed(() => compiled.engine.match(Request.fromRawDetails({ url, sourceUrl: source, type: kind }))),
  )
  return [
    result('a decision by the filter lists, p95', 'ms', percentile(ours, 0.95), {
      baseline: percentile(bare, 0.95),
      target: { atMost: 0.1 },
    }),
    result('the filter lists are there after', 'ms', median(loads)),
  ]
}

function requests(count: number, run: string): JudgedRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    url: `https://${hosts[index % hosts.length]}/${run}${index}/${paths[index % paths.length]}${index}`,
    kind: kinds[index % kinds.length] ?? 'other',
    source: `https://www.site${index % 50}.example`,
    page: `https://www.site${index % 50}.example/article`,
  }))
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
