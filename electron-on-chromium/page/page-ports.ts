import type { Codec } from '../messaging/codec.ts'
import type { FromPage } from '../messaging/page-wire.ts'

/** Unguessable; `crypto.randomUUID` is missing on pages without a secure origin. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36)).join('-')
}

/**
 * The page's ends of ports that lead to the main process. Each is a real MessagePort of the page whose other half
 * is kept here and wired to the DevTools channel.
 */
export class PagePorts {
  readonly #codec: Codec
  readonly #tell: (message: FromPage) => void
  readonly #halves = new Map<string, MessagePort>()

  constructor(codec: Codec, tell: (message: FromPage) => void) {
    this.#codec = codec
    this.#tell = tell
  }

  /** A port that came from the main process, as a real one to give away. */
  receive(id: string): MessagePort {
    const { port1, port2 } = new MessageChannel()
    this.#wire(id, port1)
    return port2
  }

  /** Gives a port of the page to the main process. The page's own object is neutered, as in any transfer. */
  give(port: MessagePort): string {
    const id = randomId()
    this.#wire(id, structuredClone(port, { transfer: [port] }))
    return id
  }

  message(id: string, tree: unknown, ports: readonly string[]): void {
    const received = ports.map(port => this.receive(port))
    this.#halves.get(id)?.postMessage(this.#codec.decode(tree), received)
  }

  close(id: string): void {
    this.#halves.get(id)?.close()
    this.#halves.delete(id)
  }

  #wire(id: string, half: MessagePort): void {
    this.#halves.set(id, half)
    half.onmessage = event => {
      const ports = event.ports.map(port => this.give(port))
      let tree: unknown
      try {
        tree = this.#codec.encode(event.data)
      } catch {
        // The page could clone it (a Blob, say), the main process cannot read it.
        half.dispatchEvent(new MessageEvent('messageerror'))
        console.error('A message to the main process was dropped: An object could not be cloned.')
        return
      }
      this.#tell({ kind: 'portMessage', port: id, tree, ports })
    }
    half.addEventListener('close', () => {
      if (this.#halves.delete(id)) this.#tell({ kind: 'portClose', port: id })
    })
  }
}
