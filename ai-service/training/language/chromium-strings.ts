import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './rows.ts'
import { plain } from './software-strings.ts'

/**
 * Interface strings of Chromium (BSD-3-Clause) as labelled text. `folder` holds its `<locale>.pak` files: on Debian,
 * `/usr/lib/chromium/locales` with the package chromium-l10n installed or unpacked. Strings that are the same in
 * English, and fragments without two words, are left out.
 *
 * File format: tools/grit/grit/format/data_pack.py of Chromium, version 5: u32 version, u8 encoding (1 = UTF-8),
 * 3 bytes of padding, u16 entries, u16 aliases, then entries + 1 times { u16 id, u32 offset }.
 */
export function readChromiumStrings(folder: string): Row[] {
  const english = new Set(readPack(join(folder, 'en-GB.pak')))
  const rows: Row[] = []
  for (const file of readdirSync(folder).sort()) {
    const lang = languageOfFile(file)
    if (lang === null) continue
    const seen = new Set<string>()
    for (const raw of readPack(join(folder, file))) {
      if (lang !== 'en' && english.has(raw)) continue
      const text = plain(raw)
      if (text === null || seen.has(text)) continue
      seen.add(text)
      rows.push({ text, lang, src: 'chromium' })
    }
  }
  return rows
}

/** Locale files of one language under other names than its label. */
const labels: Readonly<Record<string, string>> = { fil: 'tl', no: 'nb' }

function languageOfFile(file: string): string | null {
  const match = /^([a-z]{2,3})(-(?:[A-Z]{2}|419))?\.pak$/.exec(file)
  const code = match?.[1]
  return code === undefined ? null : (labels[code] ?? code)
}

function readPack(file: string): string[] {
  const bytes = readFileSync(file)
  if (bytes.readUInt32LE(0) !== 5 || bytes[4] !== 1)
    throw new TypeError(`${file}: no UTF-8 pack of version 5`)
  const entries = bytes.readUInt16LE(8)
  const texts: string[] = []
  for (let entry = 0; entry < entries; entry++) {
    const at = 12 + entry * 6
    const part = bytes.subarray(bytes.readUInt32LE(at + 2), bytes.readUInt32LE(at + 8))
    // Compressed resources (gzip, brotli) are pages, not strings.
    if (part[0] === 0x1f || part[0] === 0x1e) continue
    texts.push(part.toString('utf8'))
  }
  return texts
}
