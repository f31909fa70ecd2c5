import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Pages that say themselves when they were painted, so that nobody has to ask them meanwhile. */
export interface PaintServer extends AsyncDisposable {
  /** An address that was never asked for before. */
  next(): string
  /** When the page of this address first painted its content, in milliseconds since the epoch. */
  paintedAt(address: string): Promise<number>
}

const patienceMs = 30_000

export async function servePaint(): Promise<PaintServer> {
  const painted = new Map<string, PromiseWithResolvers<number>>()
  const paintOf = (id: string): PromiseWithResolvers<number> => {
    const known = painted.get(id) ?? Promise.withResolvers<number>()
    painted.set(id, known)
    return known
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const id = url.searchParams.get('id')
    if (url.pathname === '/painted' && id !== null) {
      paintOf(id).resolve(Number(url.searchParams.get('at')))
      response.writeHead(204).end()
      return
    }
    if (url.pathname !== '/page') {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
    response.end(page)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  let count = 0
  return {
    next: () => {
      count += 1
      return `http://localhost:${port}/page?id=${count}`
    },
    paintedAt: async address => {
      const id = new URL(address).searchParams.get('id') ?? ''
      const late = Promise.withResolvers<never>()
      const timer = setTimeout(() => late.reject(new Error(`${address} was not painted`)), patienceMs)
      try {
        return await Promise.race([paintOf(id).promise, late.promise])
      } finally {
        clearTimeout(timer)
      }
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

const paragraph = `<p>${'The tide rises in the harbour and the pen draws its line upon the paper. '.repeat(6)}</p>`
const page = `<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">
<h1>A page</h1>${paragraph.repeat(20)}
<script>
  new PerformanceObserver((list, observer) => {
    const [entry] = list.getEntriesByName('first-contentful-paint')
    if (entry === undefined) return
    observer.disconnect()
    const id = new URLSearchParams(location.search).get('id')
    fetch('/painted?id=' + id + '&at=' + (performance.timeOrigin + entry.startTime))
  }).observe({ type: 'paint', buffered: true })
</script></html>`
