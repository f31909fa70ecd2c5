import { Agent, type buildConnector, request } from 'undici'
import { NetworkError } from '../network-error.ts'
import { type Answer, decodeAnswer, encodeQuestion, type RecordType } from './message.ts'
import type { NameSource } from './name-source.ts'

/** An answer of the protocol is at most this long. */
const mostAnswerBytes = 65_535
/** How long the server has: a page waits for it. */
const deadlineMs = 5_000
/** When an answer that there is nothing does not say how long it holds. */
const negativeTtlSeconds = 30

export interface NamesOverHttpsOptions {
  /** Address of the server, without variables. */
  readonly template: string
  readonly prefersIpv6: () => boolean
  /** How the server itself is found and reached; a test's may trust another certificate. */
  readonly connect: buildConnector.connector | buildConnector.BuildOptions
}

/**
 * Names asked of a server over HTTPS (RFC 8484, POST). When that server fails nobody else is asked: who chose it chose
 * that others do not hear the names.
 */
export class NamesOverHttps implements NameSource, AsyncDisposable {
  readonly #options: NamesOverHttpsOptions
  readonly #agent: Agent

  constructor(options: NamesOverHttpsOptions) {
    this.#options = options
    this.#agent = new Agent({
      connect: options.connect,
      connections: 4,
      allowH2: true,
      headersTimeout: deadlineMs,
      bodyTimeout: deadlineMs,
      maxResponseSize: mostAnswerBytes,
    })
  }

  async lookUp(name: string): Promise<{ addresses: readonly string[]; ttlSeconds: number }> {
    const settled = await Promise.allSettled([this.#ask(name, 'A'), this.#ask(name, 'AAAA')])
    const answers = settled.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
    const failure = settled.find(one => one.status === 'rejected')
    const found = answers.flatMap(({ addresses }) => addresses)
    // One of two answers is enough when it leads somewhere; that there is nothing takes both.
    if (failure !== undefined && found.length === 0) throw failed(failure.reason)
    const isIpv6First = this.#options.prefersIpv6()
    const addresses = found.toSorted((a, b) =>
      isIpv6First
        ? Number(b.includes(':')) - Number(a.includes(':'))
        : Number(a.includes(':')) - Number(b.includes(':')),
    )
    const ttls = answers
      .filter(answer => found.length === 0 || answer.addresses.length > 0)
      .map(({ ttlSeconds }) => ttlSeconds ?? negativeTtlSeconds)
    return { addresses, ttlSeconds: Math.min(...ttls) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }

  async #ask(name: string, type: RecordType): Promise<Answer> {
    const { statusCode, headers, body } = await request(this.#options.template.replace(/\{\?dns\}$/, ''), {
      dispatcher: this.#agent,
      method: 'POST',
      headers: { accept: 'application/dns-message', 'content-type': 'application/dns-message' },
      body: encodeQuestion(name, type),
      signal: AbortSignal.timeout(deadlineMs),
    })
    const bytes = await body.bytes()
    const contentType = `${headers['content-type'] ?? ''}`.split(';')[0]?.trim()
    if (statusCode !== 200 || contentType !== 'application/dns-message')
      throw new NetworkError('resolverFailed', `The DNS server answered ${statusCode}`)
    const answer = decodeAnswer(bytes, type)
    if (answer.responseCode !== 0 && answer.responseCode !== 3)
      throw new NetworkError('resolverFailed', `The DNS server answered with code ${answer.responseCode}`)
    return answer
  }
}

function failed(cause: unknown): NetworkError {
  if (cause instanceof NetworkError && cause.kind === 'resolverFailed') return cause
  return new NetworkError('resolverFailed', 'The DNS server could not be asked', { cause })
}
