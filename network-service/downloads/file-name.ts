import { safeFileName } from '../../contracts/file-name.ts'

/** What is known of a file before it has a name. */
export interface NameSources {
  /** Of the header `Content-Disposition`; null without one. */
  readonly disposition: string | null
  readonly url: string
  /** What the page or the person called it; weighs more than the address, less than the server's word. */
  readonly suggested: string | null
  readonly mimeType: string
}

/**
 * The name of a downloaded file: what the server says (RFC 6266, `filename*` before `filename`), else what was
 * suggested, else the end of the address. Always safe to join to a folder.
 */
export function fileNameOf({ disposition, url, suggested, mimeType }: NameSources): string {
  const claimed = [disposition === null ? null : dispositionFileName(disposition), suggested, lastOfPath(url)]
  for (const name of claimed) {
    const safe = name === null ? '' : safeFileName(name)
    if (safe !== '') return safe
  }
  return `download${extensions.get(mimeType) ?? ''}`
}

/** For names that are made up, of the kinds that are met most. */
const extensions: ReadonlyMap<string, string> = new Map([
  ['application/gzip', '.gz'],
  ['application/json', '.json'],
  ['application/pdf', '.pdf'],
  ['application/zip', '.zip'],
  ['image/gif', '.gif'],
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/svg+xml', '.svg'],
  ['image/webp', '.webp'],
  ['text/csv', '.csv'],
  ['text/html', '.html'],
  ['text/plain', '.txt'],
])

/** The name in a `Content-Disposition` header as it is written there, unsafe; null where it holds none. */
export function dispositionFileName(header: string): string | null {
  let plain: string | null = null
  let extended: string | null = null
  for (const { name, value } of parametersOf(header)) {
    if (name === 'filename' && plain === null) plain = utf8OfLatin1(value)
    if (name === 'filename*' && extended === null) extended = extendedValue(value)
  }
  return extended ?? plain
}

const parameter = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/g

function* parametersOf(header: string): Generator<{ name: string; value: string }> {
  for (const [, name = '', quoted, token = ''] of `;${header}`.matchAll(parameter)) {
    yield {
      name: name.toLowerCase(),
      value: quoted === undefined ? token.trim() : quoted.replace(/\\(.)/g, '$1'),
    }
  }
}

/** `UTF-8''%e2%82%ac` (RFC 8187); null where it is none. */
function extendedValue(value: string): string | null {
  const [, charset = '', encoded = ''] = /^([\w-]+)'[\w-]*'(.*)$/.exec(value) ?? []
  if (charset === '') return null
  try {
    if (charset.toLowerCase() === 'utf-8') return decodeURIComponent(encoded)
    if (charset.toLowerCase() !== 'iso-8859-1') return null
    return encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  } catch {
    return null
  }
}

/** Many servers write UTF-8 where only Latin 1 may stand, and Node reads headers as Latin 1. */
function utf8OfLatin1(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin 1 begins with them
  if (!/[\x80-\xff]/.test(value) || /[^\x00-\xff]/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return value
  }
}

function lastOfPath(url: string): string | null {
  const last = URL.parse(url)?.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}
