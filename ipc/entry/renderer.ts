import type { Endpoint } from '../endpoint.ts'
import { type IntroductionSource, type MeetingOptions, meet } from '../meeting.ts'
import { type DomMessagePort, domPort } from '../transports/dom-port.ts'

/** What is used of `ipcRenderer` in a preload. */
export interface RendererIpc {
  on(
    channel: string,
    listener: (event: { readonly ports: readonly DomMessagePort[] }, message: unknown) => void,
  ): unknown
  removeListener(
    channel: string,
    listener: (event: { readonly ports: readonly DomMessagePort[] }, message: unknown) => void,
  ): unknown
}

interface WindowMessage {
  readonly data: unknown
  readonly source: unknown
  readonly origin: string
  readonly ports: readonly DomMessagePort[]
}

/** What is used of `window` in the page of the chrome UI. */
export interface MessageWindow {
  readonly origin: string
  addEventListener(type: 'message', listener: (event: WindowMessage) => void): void
  removeEventListener(type: 'message', listener: (event: WindowMessage) => void): void
}

/** Introductions as main sends them to a preload. Pages cannot reach this road. */
export function introductionsFromMain(ipc: RendererIpc): IntroductionSource {
  return {
    onIntroduction(listener) {
      const receive = (event: { readonly ports: readonly DomMessagePort[] }, message: unknown): void => {
        const [port] = event.ports
        listener(message, port === undefined ? null : domPort(port))
      }
      ipc.on('nexus/introduction', receive)
      return { [Symbol.dispose]: () => void ipc.removeListener('nexus/introduction', receive) }
    },
  }
}

/**
 * The one introduction that the preload passes into the page of the chrome UI. Only the first is taken, and only from
 * this very window, so that no frame and no later script can slip in another.
 */
export function introductionFromPreload(window: MessageWindow): IntroductionSource {
  return {
    onIntroduction(listener) {
      const receive = (event: WindowMessage): void => {
        if (event.source !== window || event.origin !== window.origin) return
        const [port] = event.ports
        if (port === undefined || !isIntroduction(event.data)) return
        window.removeEventListener('message', receive)
        listener(event.data, domPort(port))
      }
      window.addEventListener('message', receive)
      return { [Symbol.dispose]: () => window.removeEventListener('message', receive) }
    },
  }
}

/**
 * Starts the endpoint of a renderer. `serve` runs before anything can arrive. Rejects with REGISTRATION_TIMEOUT.
 */
export function startRendererEndpoint(
  source: IntroductionSource,
  serve: (endpoint: Endpoint) => void = () => {},
  options: MeetingOptions = {},
): Promise<Endpoint> {
  return meet(source, options, serve)
}

function isIntroduction(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'nexus/introduction'
}
