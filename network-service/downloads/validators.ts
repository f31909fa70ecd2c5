import type { Beginning } from './journal.ts'

/** What decides whether two answers are parts of one file. */
type Validators = Pick<Beginning, 'etag' | 'lastModified' | 'date' | 'acceptsRanges'>

/**
 * The `If-Range` of a request for the rest of a file (RFC 9110, 13.1.5): a strong entity tag, or a date of change that is
 * strong (8.8.2.2: at least a second before the answer was made). Null when there is none, and the file must be had anew.
 */
export function ifRangeOf({ etag, lastModified, date, acceptsRanges }: Validators): string | null {
  if (!acceptsRanges) return null
  if (etag !== null && isStrong(etag)) return etag
  if (lastModified === null) return null
  const changedAt = Date.parse(lastModified)
  const answeredAt = date === null ? Number.NaN : Date.parse(date)
  return answeredAt - changedAt >= 1_000 ? lastModified : null
}

function isStrong(etag: string): boolean {
  return /^"[^"]*"$/.test(etag)
}

/** What an answer to the request for the rest of a file means. */
export type RangeVerdict =
  /** What comes is the rest, from the byte that was asked for. */
  | { readonly kind: 'rest' }
  /** What comes is the whole file; what is there is of another one, or the server knows no ranges. */
  | { readonly kind: 'anew' }
  /** There is no rest: all of it is there. */
  | { readonly kind: 'complete' }
  /** The answer cannot be used, and the file must be asked for from the start. */
  | { readonly kind: 'askAnew' }

export interface PartialAnswer {
  readonly status: number
  readonly contentRange: string | null
  readonly contentLength: number | null
  readonly etag: string | null
}

/** Judges an answer to a request for everything from `offset` on. Answers of other statuses than these are refusals. */
export function judgeRange(
  answer: PartialAnswer,
  offset: number,
  known: Pick<Beginning, 'size' | 'etag'>,
): RangeVerdict {
  switch (answer.status) {
    case 200:
      return { kind: 'anew' }
    case 206: {
      const range = contentRangeOf(answer.contentRange)
      const isFitting =
        range !== null &&
        range.first === offset &&
        range.last >= range.first &&
        (answer.contentLength === null || answer.contentLength === range.last - range.first + 1) &&
        (range.total === null || range.last === range.total - 1) &&
        (range.total === null || known.size === null || range.total === known.size) &&
        (answer.etag === null || known.etag === null || answer.etag === known.etag)
      return { kind: isFitting ? 'rest' : 'askAnew' }
    }
    case 416: {
      const total = /^bytes \*\/(\d+)$/.exec(answer.contentRange ?? '')?.[1]
      const isAll = total !== undefined && Number(total) === offset && known.size === offset
      return { kind: isAll ? 'complete' : 'askAnew' }
    }
    default:
      return { kind: 'askAnew' }
  }
}

/** `bytes 100-199/200`; `total` is null for `*`. */
export function contentRangeOf(
  header: string | null,
): { readonly first: number; readonly last: number; readonly total: number | null } | null {
  const [, first, last, total] =
    /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined) return null
  return { first: Number(first), last: Number(last), total: total === '*' ? null : Number(total) }
}

/**
 * The SHA-256 that the server promises for the whole file, in lower-case hex: `Repr-Digest` (RFC 9530) or its
 * predecessor `Digest` (RFC 3230); null without one.
 */
export function promisedSha256(reprDigest: string | null, digest: string | null): string | null {
  const value =
    /(?:^|[,\s])sha-256=:([A-Za-z0-9+/]{43}=):/i.exec(reprDigest ?? '')?.[1] ??
    /(?:^|[,\s])sha-256=([A-Za-z0-9+/]{43}=)/i.exec(digest ?? '')?.[1]
  return value === undefined ? null : Buffer.from(value, 'base64').toString('hex')
}
