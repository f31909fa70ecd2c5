import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Protocol, Session } from 'electron'

/** The scheme of our own pages: no file or web address can reach it, and its policy holds in development too. */
export const chromeScheme = 'nexus'
export const chromeAddress = `${chromeScheme}://chrome/index.html`
export const compositorAddress = `${chromeScheme}://compositor/index.html`

/** The pages of our own, by host. Each is served to a session of its own and to no other. */
export type OwnPage = 'chrome' | 'compositor'

export const chromePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
])

/** Must run before the application is ready. */
export function registerChromeScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: chromeScheme, privileges: { standard: true, secure: true } },
  ])
}

/** Serves a built page of ours to one session, which no other page shares. Only files below `folder` are answered. */
export function serveOwnPage(session: Session, page: OwnPage, folder: string): void {
  session.protocol.handle(chromeScheme, async request => {
    const url = new URL(request.url)
    const file = path.normalize(path.join(folder, decodeURIComponent(url.pathname)))
    const type = contentTypes.get(path.extname(file))
    if (url.host !== page || !file.startsWith(folder + path.sep) || type === undefined) return notFound()
    try {
      return new Response(await readFile(file), {
        headers: {
          'content-type': type,
          'content-security-policy': chromePolicy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        },
      })
    } catch {
      return notFound()
    }
  })
}

function notFound(): Response {
  return new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } })
}
