import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Row, wantedLanguages } from './rows.ts'

/**
 * Texts of free software as Debian packages it, by language. They bring languages of which there is little else that
 * is free.
 */

/** Codes of translators under other names than the labels. */
const labels: Readonly<Record<string, string>> = { fil: 'tl', no: 'nb', 'sr@latin': 'sr' }

/** The label of a translator's code; null for variants and languages that are left out. */
export function labelOf(code: string): string | null {
  const label = labels[code] ?? code
  return wantedLanguages.has(label) ? label : null
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
