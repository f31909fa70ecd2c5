import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Row, wantedLanguages } from './rows.ts'

/**
 * Texts of free software as Debian packages it, by language. They bring languages of which there is little else that
 * is free.
 */

/** Codes of translators under other names than the labels; null for variants that are left out. */
const labels: Readonly<Record<string, string | null>> = {
  fil: 'tl',
  no: 'nb',
  pt_br: 'pt',
  'pt-br': 'pt',
  'zh-hans': 'zh',
  'zh-hant': 'zh',
  zh_cn: 'zh',
  zh_tw: 'zh',
  'sr-ec': 'sr',
  'sr-el': 'sr',
  'kk-cyrl': 'kk',
  'tg-cyrl': 'tg',
  'ug-arab': 'ug',
  'ku-latn': 'ku',
  kab: 'kab',
  en: null,
}

function labelOf(code: string): string | null {
  const known = labels[code.toLowerCase()]
  if (known !== undefined) return known
  return wantedLanguages.has(code) ? code : null
}

/**
 * Messages of MediaWiki and its extensions (GPL-2.0-or-later). `folder` is `/usr/share/mediawiki` with the package
 * mediawiki installed or unpacked: it holds `i18n/<code>.json` in many places. Messages that are the same in English
 * are left out.
 */
export function readMediaWiki(folder: string): Row[] {
  const rows: Row[] = []
  const seen = new Set<string>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const match = /^(.*\/i18n\/(?:.*\/)?)([a-z-]+)\.json$/.exec(name)
    const lang = labelOf(match?.[2] ?? 'en')
    if (match === null || lang === null) continue
    const english = messagesOf(join(folder, match[1] ?? '', 'en.json'))
    for (const [key, message] of messagesOf(join(folder, name))) {
      if (english.get(key) === message) continue
      const text = plain(withoutWikiMarks(message))
      if (text === null || seen.has(`${lang} ${text}`)) continue
      seen.add(`${lang} ${text}`)
      rows.push({ text, lang, src: 'mediawiki' })
    }
  }
  return rows
}

function messagesOf(path: string): Map<string, string> {
  const messages = new Map<string, string>()
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return messages
  }
  if (typeof parsed !== 'object' || parsed === null) return messages
  for (const [key, value] of Object.entries(parsed)) if (typeof value === 'string') messages.set(key, value)
  return messages
}

/** "{{PLURAL:$1|file|files}}" is "files", "[[Help:Page|help]]" is "help". */
function withoutWikiMarks(message: string): string {
  return message
    .replace(/\{\{(?:PLURAL|GENDER|GRAMMAR)[^{}]*\|([^{}|]*)\}\}/gi, '$1')
    .replace(/\{\{[^{}]*\}\}/g, ' ')
    .replace(/\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g, '$1')
    .replace(/\[\S+ ([^\]]*)\]/g, '$1')
    .replace(/'{2,}|<nowiki>|[*#=]{2,}/g, ' ')
}

/**
 * Interface strings in compiled message catalogues (`.mo`): LibreOffice (MPL-2.0; Debian packages
 * libreoffice-l10n-*). `folder` holds `<code>/LC_MESSAGES/*.mo`.
 */
export function readCatalogues(folder: string): Row[] {
  const rows: Row[] = []
  for (const code of readdirSync(folder).sort()) {
    const lang = labelOf(code)
    if (lang === null) continue
    const seen = new Set<string>()
    const messages = join(folder, code, 'LC_MESSAGES')
    for (const file of readdirSync(messages).sort()) {
      for (const [original, translated] of catalogueOf(join(messages, file))) {
        const text = original === translated ? null : plain(translated)
        if (text === null || seen.has(text)) continue
        seen.add(text)
        rows.push({ text, lang, src: 'libreoffice' })
      }
    }
  }
  return rows
}

/** Format: "The Format of GNU MO Files", GNU gettext manual. */
function catalogueOf(path: string): [string, string][] {
  const bytes = readFileSync(path)
  if (bytes.readUInt32LE(0) !== 0x950412de) throw new TypeError(`${path}: no little-endian catalogue`)
  const at = (table: number, index: number): string => {
    const entry = bytes.readUInt32LE(table) + index * 8
    const start = bytes.readUInt32LE(entry + 4)
    // Plural forms follow each other, divided by NUL; the context stands before EOT.
    return bytes.toString('utf8', start, start + bytes.readUInt32LE(entry)).split('\0', 1)[0] ?? ''
  }
  return Array.from({ length: bytes.readUInt32LE(8) }, (_, index) => [
    at(12, index).split('\u0004').at(-1) ?? '',
    at(16, index),
  ])
}

/** Most descriptions that are taken of one language. */
const mostDescriptions = 2_500

/**
 * Descriptions of Debian packages in other languages (free as the packages are). `folder` holds `*Translation-<code>`
 * as `apt-get update` fetches them. Paragraphs that are still English are left out.
 */
export function readPackageDescriptions(folder: string): Row[] {
  const rows: Row[] = []
  const english = new Set<string>()
  const files = readdirSync(folder).sort()
  for (const file of [...files.filter(name => name.endsWith('-en')), ...files]) {
    const match = /main_i18n_Translation-([a-z]+(?:_[A-Z]+)?)$/.exec(file.replace('%5f', '_'))
    if (match === null) continue
    const lang = match[1] === 'en' ? 'en' : labelOf(match[1] ?? '')
    if (lang === null) continue
    const own = new Set<string>()
    for (const [, body = ''] of readFileSync(join(folder, file), 'utf8').matchAll(
      /^Description-\S+: .*\n((?: .*\n)+)/gm,
    )) {
      for (const paragraph of body.split(/^ \.$/m)) {
        const text = plain(paragraph)
        if (text === null || text.length < 60) continue
        if (lang === 'en') english.add(text)
        else if (!english.has(text)) own.add(text)
      }
    }
    // Spread over the whole list, which is sorted by name: a library has hundreds of like neighbours.
    const texts = [...own]
    const step = Math.max(1, texts.length / mostDescriptions)
    for (let index = 0; index < texts.length; index += step) {
      rows.push({ text: texts[Math.floor(index)] ?? '', lang, src: 'debian' })
    }
  }
  return rows
}

/** A message as running text; null when too little is left of it. */
export function plain(message: string): string | null {
  const text = message
    .replace(/<[^>]*>|&[a-z]+;|\$\{[^}]*\}|\$\w+|%\w+%?|%\d?\$?[a-z]|\{[^}]*\}?|\}|https?:\S+|\S+@\S+/g, ' ')
    .replace(/[&~_]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC')
    .slice(0, 400)
  return text.length < 10 || !text.includes(' ') ? null : text
}
