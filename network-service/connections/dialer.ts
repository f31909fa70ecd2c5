import { connect, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net'
import { buildConnector } from 'undici'
import { asNetworkError, NetworkError } from '../network-error.ts'

/** Time for the whole way to a connection: finding the name and trying its addresses. */
const connectDeadlineMs = 30_000
/** How long one address is tried before the next is tried beside it (RFC 8305, 8: 250 ms). */
const nextAddressAfterMs = 250

export interface DialerOptions {
  readonly resolve: (host: string) => Promise<readonly string[]>
  /** Whether no connection may be made to this address and port, whoever asks. */
  readonly isForbidden: (address: string, port: number) => boolean
  readonly deadlineMs?: number
}

/** What may be said of a connection's socket besides where it leads. */
export type SocketOptions = Pick<TcpNetConnectOpts, 'onread' | 'allowHalfOpen' | 'signal'>

/**
 * Opens connections to hosts by the rules of the resolver. Everything that this process sends anywhere goes through
 * one dialer. The addresses that were checked are those that are connected to: nothing is looked up twice.
 */
export class Dialer {
  readonly #options: DialerOptions

  constructor(options: DialerOptions) {
    this.#options = options
  }

  /** Resolves with a connected socket. Rejects with a NetworkError. */
  dial(host: string, port: number, options: SocketOptions = {}): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const bare = host.startsWith('[') ? host.slice(1, -1) : host
      if (isIP(bare) !== 0 && this.#options.isForbidden(bare, port)) {
        reject(new NetworkError('forbidden', 'No page may connect there'))
        return
      }
      const socket = connect({
        ...options,
        host: bare,
        port,
        lookup: this.lookupFor(port),
        autoSelectFamily: true,
        autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: 45_000,
      })
      const timer = setTimeout(() => {
        socket.destroy(new NetworkError('timedOut', 'No connection in time'))
      }, this.#options.deadlineMs ?? connectDeadlineMs)
      const fail = (error: Error): void => {
        clearTimeout(timer)
        reject(asNetworkError(error))
      }
      socket.once('error', fail)
      socket.once('connect', () => {
        clearTimeout(timer)
        socket.off('error', fail)
        resolve(socket)
      })
    })
  }

  /** Rejects with a NetworkError when no connection may be made there, or the host is not found. */
  async check(host: string, port: number): Promise<void> {
    await this.#find(host, port)
  }

  /** For `net.connect` and what is built upon it. */
  lookupFor(port: number): LookupFunction {
    return (host, { all, family }, answer) => {
      this.#find(host, port).then(
        found => {
          const wanted = found.filter(one => !family || one.family === family)
          const [first] = wanted
          if (first === undefined) answer(new NetworkError('hostNotFound', 'No address of that kind'), '', 0)
          else if (all === true) answer(null, wanted)
          else answer(null, first.address, first.family)
        },
        (error: NodeJS.ErrnoException) => answer(error, '', 0),
      )
    }
  }

  async #find(host: string, port: number): Promise<{ address: string; family: number }[]> {
    const addresses = await this.#options.resolve(host)
    const open = addresses.filter(address => !this.#options.isForbidden(address, port))
    if (open.length === 0) throw new NetworkError('forbidden', 'No page may connect there')
    return open.map(address => ({ address, family: isIP(address) }))
  }
}

/**
 * How our own fetches connect, by the same rules as pages: `new Agent({ connect: fetchConnector(dialer) })` of undici.
 * Errors of the way there are NetworkErrors, or carry one as their cause.
 */
export function fetchConnector(dialer: Dialer): buildConnector.connector {
  const connect = buildConnector({
    lookup: (host, options, answer) => dialer.lookupFor(0)(host, options, answer),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    timeout: connectDeadlineMs,
  })
  return (options, answer) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    dialer.check(options.hostname, port).then(
      () => connect(options, answer),
      (error: unknown) => answer(asNetworkError(error), null),
    )
  }
}
