import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type RouteHandler = (request: IncomingMessage, response: ServerResponse, url: URL) => void

export interface Document {
  readonly body: string
  readonly headers?: Record<string, string>
  readonly status?: number
}

/** Serves what a case asks for, on loopback, under as many host names as site isolation needs. */
export interface FixtureServer {
  /** `http://<host>.localhost:<port>`; hosts with different names are different sites. */
  origin(host?: string): string
  /** A fresh URL that answers with this document. */
  page(document: string | Document, host?: string): string
  /** A fresh URL that answers as the handler says. */
  route(handler: RouteHandler, host?: string): string
  /** Every request so far whose path begins like this URL's. */
  requestsTo(
    url: string,
  ): readonly { readonly method: string; readonly headers: IncomingMessage['headers'] }[]
  close(): void
}

export async function startFixtureServer(): Promise<FixtureServer> {
  const routes = new Map<string, RouteHandler>()
  const seen: { path: string; method: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`)
    seen.push({ path: url.pathname, method: request.method ?? '', headers: request.headers })
    const handler = routes.get(url.pathname)
    if (handler) return handler(request, response, url)
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = (host = 'a'): string => `http://${host}.localhost:${port}`
  let next = 0
  const route: FixtureServer['route'] = (handler, host) => {
    const path = `/case/${++next}/page`
    routes.set(path, handler)
    return `${origin(host)}${path}`
  }
  return {
    origin,
    route,
    page(document, host) {
      const {
        body,
        headers = {},
        status = 200,
      } = typeof document === 'string' ? { body: document } : document
      return route((_, response) => {
        response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
      }, host)
    },
    requestsTo: url => seen.filter(({ path }) => path === new URL(url).pathname),
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
