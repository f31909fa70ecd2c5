import type { FixtureLink } from './fixture-link.ts'
import { serveFixture } from './message-controller.ts'

/** Said by the window of the controller once it listens, and back to it along with a port. */
const word = 'nexus/made-up-controller'

/**
 * Hands the port to a made-up controller in a process of its own, as main has one: a window of another site, which the
 * engine gives another process. Only for measurements; it asks for a browser that opens windows without being clicked.
 */
export function handToRemoteController(port: MessagePort): void {
  const address = new URL(location.href)
  address.hostname = 'localhost'
  address.searchParams.set('role', 'controller')
  const controller = open(address)
  addEventListener('message', ({ source, data }) => {
    if (controller !== null && source === controller && data === word)
      controller.postMessage(word, address.origin, [port])
  })
}

/** Serves the window that opened this one. */
export function serveOpener(fixture: FixtureLink): void {
  addEventListener('message', ({ source, data, ports: [port] }) => {
    if (source === opener && data === word && port !== undefined) serveFixture(fixture, port)
  })
  opener.postMessage(word, '*')
}
