import { NetworkError } from '../network-error.ts'

/** How the body of an answer ends: RFC 9112, 6.3. */
export type BodyFraming =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'untilClose' }

export interface ResponseHead {
  readonly status: number
  readonly statusText: string
  /** Names and values by turns, in the order in which they came. */
  readonly rawHeaders: readonly string[]
  readonly framing: BodyFraming
  /** Whether the server keeps the connection for another request. */
  readonly keepsConnection: boolean
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/**
 * Reads the head of an answer: its bytes up to and without the empty line. What contradicts itself about where the body
 * ends is refused, because the other side may see the end elsewhere. Throws a NetworkError (`badResponse`).
 */
export function readResponseHead(bytes: Buffer, method: string): ResponseHead {
  const [statusLine = '', ...lines] = unfolded(bytes.toString('latin1'))
  const [, minor, code, statusText = ''] = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/.exec(statusLine) ?? []
  if (minor === undefined || code === undefined) throw bad('The answer does not begin with a status line')
  const status = Number(code)
  const rawHeaders: string[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trimEnd()
    // A line that is no header says nothing; browsers pass over it as well.
    if (colon < 1 || !token.test(name)) continue
    rawHeaders.push(name, printable(line.slice(colon + 1)).trim())
  }
  const values = (wanted: string): string[] =>
    rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === wanted)
  const framing = framingOf(method, status, minor, values)
  const connection = values('connection').join(',').toLowerCase()
  const keepsConnection =
    framing.kind !== 'untilClose' &&
    (minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection)) &&
    !(framing.kind === 'chunked' && values('content-length').length > 0)
  return { status, statusText: printable(statusText).slice(0, 200), rawHeaders, framing, keepsConnection }
}

function framingOf(
  method: string,
  status: number,
  minor: string,
  values: (name: string) => readonly string[],
): BodyFraming {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' }
  const codings = values('transfer-encoding')
  if (codings.length > 0) {
    if (minor === '0' || codings.length > 1 || codings[0]?.toLowerCase() !== 'chunked')
      throw bad('The answer has a body in an unknown coding')
    return { kind: 'chunked' }
  }
  const lengths = new Set(values('content-length').flatMap(value => value.split(',').map(one => one.trim())))
  if (lengths.size === 0) return { kind: 'untilClose' }
  const [length = ''] = lengths
  if (lengths.size > 1 || !/^\d{1,15}$/.test(length)) throw bad('The answer does not know its own length')
  return { kind: 'length', bytes: Number(length) }
}

/** Lines, those that were broken put together again (RFC 9112, 5.2). */
function unfolded(text: string): string[] {
  const lines: string[] = []
  for (const raw of text.split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    const isContinued = (line.startsWith(' ') || line.startsWith('\t')) && lines.length > 1
    if (isContinued) lines.push(`${lines.pop() ?? ''} ${line.trim()}`)
    else lines.push(line)
  }
  return lines
}

function printable(text: string): string {
  return text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
}

function bad(message: string): NetworkError {
  return new NetworkError('badResponse', message)
}

/**
 * Where the empty line after a head ends, and where the head itself ends; null while it has not come. What is before
 * `from` was looked at already.
 */
export function endOfHead(
  bytes: Buffer,
  from: number,
): { readonly head: number; readonly body: number } | null {
  for (let at = bytes.indexOf(10, Math.max(0, from - 2)); at !== -1; at = bytes.indexOf(10, at + 1)) {
    if (bytes[at + 1] === 10) return { head: at, body: at + 2 }
    if (bytes[at + 1] === 13 && bytes[at + 2] === 10) return { head: at, body: at + 3 }
  }
  return null
}
