import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const article = path.resolve(import.meta.dirname, '..', '..', 'fixtures', 'pages', 'article.html')
/** Long enough to be struck in the middle of it. */
const slowMs = 500

/** Pages on loopback: every address has a title of its own, and every name a site of its own. */
export interface VisitedPages extends AsyncDisposable {
  /** `http://<site>.localhost:<port>`. */
  origin(site: string): string
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[]
}

export async function serveVisitedPages(): Promise<VisitedPages> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    requests.push(pathname)
    const [, kind = '', name = ''] = pathname.split('/')
    const port = request.socket.localPort ?? 0
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    switch (kind) {
      case 'article':
        response.end(readFileSync(article))
        return
      case 'slow':
        setTimeout(() => response.end(page(name)), slowMs)
        return
      case 'frames':
        response.end(page(name, `<iframe src="http://inner.localhost:${port}/visit/inside"></iframe>`))
        return
      case 'hog':
        response.end(page(name, hog))
        return
      default:
        response.end(page(name))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: site => `http://${site}.localhost:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Grows by 16 MB every 50 ms, up to 480 MB, and never lets go. */
const hog = `<script>
  const held = []
  const timer = setInterval(() => {
    held.push(new Uint8Array(2 ** 24).fill(held.length + 1))
    if (held.length === 30) clearInterval(timer)
  }, 50)
</script>`

function page(name: string, more = ''): string {
  return `<!doctype html><title>Visit ${name}</title><h1>Visit ${name}</h1><p>A page to come back to.</p>${more}`
}
