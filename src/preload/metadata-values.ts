/** On one line and no longer than `most`; null when nothing is left. */
export function lineOf(text: unknown, most = 2_000): string | null {
  if (typeof text !== 'string') return null
  const line = decodeReferences(text.slice(0, 20_000))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()
  return line === '' ? null : line
}

/** Many pages escape what they write into JSON once more. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|quot|apos|lt|gt|nbsp));/gi,
    (all, decimal, hex, name) => {
      if (typeof name === 'string') return named[name.toLowerCase()] ?? all
      const code =
        typeof decimal === 'string' ? Number.parseInt(decimal, 10) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all
    },
  )
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: ' ',
}

/** Nearly so: the exact class takes longer to compile than all else that is looked at here. */
const anyLetter = /[a-zªµº\u00c0-\u1fff\u2c00-\u2dff\u3040-\uffff]/i

/** A person's name, without the words that often stand before it; null for addresses and for what is no name. */
export function authorOf(text: unknown): string | null {
  const name = lineOf(text)
    ?.replace(
      /^(?:(?:written |posted |published )?by|von|par|por|di|da|door|av|af|autor(?:in)?|author|автор)(?::\s*|\s+)/i,
      '',
    )
    .replace(/[\s,;|–-]+$/, '')
  if (name === undefined || name.length < 2 || name.length > 200 || !anyLetter.test(name)) return null
  return /^(?:https?:|www\.|@|mailto:)|^(?:admin|administrator|editor|redaktion|webmaster|unknown|null|undefined)$/i.test(
    name,
  )
    ? null
    : name
}

/** Absolute, http or https, and no longer than the contract allows; null otherwise. */
export function imageUrlOf(address: unknown, base: string): string | null {
  const text = typeof address === 'string' ? address.trim() : ''
  if (text === '' || text.length > 4_000 || !URL.canParse(text, base)) return null
  const { protocol, href } = new URL(text, base)
  return (protocol === 'http:' || protocol === 'https:') && href.length <= 4_000 ? href : null
}

const isoMoment =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:(?:T|\s+)(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?(?:\d{2})?)?)?(?![\d])/i
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const englishDay =
  /^(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})\s+([a-z]{3,9})|([a-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?),?\s+(\d{4})(?!\d)/i
const dayOfMonthFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/

const dayMs = 86_400_000

/**
 * A date of publication as ISO 8601: with its time where the offset is known, else the day. Null for what is no date,
 * for a day that no calendar has, and for one in the future. Days that may be read in two ways (3/4/2020) are none.
 */
export function dateOf(text: unknown, nowMs: number): string | null {
  const line = lineOf(text, 100)
  if (line === null) return null
  const iso = isoMoment.exec(line)
  if (iso !== null) {
    const [, year = '', month = '', day = '', hour, minute, second = '00', offset] = iso
    const date = realDay(Number(year), Number(month), Number(day), nowMs)
    if (date === null || hour === undefined || minute === undefined || offset === undefined) return date
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return date
    const zone =
      offset.toUpperCase() === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`
    const moment = `${date}T${hour}:${minute}:${second}${zone}`
    return Number.isNaN(Date.parse(moment)) ? date : moment
  }
  const english = englishDay.exec(line)
  if (english !== null) {
    const month = months.indexOf((english[2] ?? english[3] ?? '').slice(0, 3).toLowerCase()) + 1
    return realDay(Number(english[5]), month, Number(english[1] ?? english[4]), nowMs)
  }
  const dotted = dayOfMonthFirst.exec(line)
  return dotted === null ? null : realDay(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]), nowMs)
}

function realDay(year: number, month: number, day: number, nowMs: number): string | null {
  if (year < 1600) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return date.getTime() > nowMs + dayMs ? null : date.toISOString().slice(0, 10)
}
