import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One labelled text of the data folder. */
export interface Row {
  readonly text: string
  readonly lang: string
  readonly src: string
}

/** Reads `<folder>/<name>` (gzip, one JSON object a line). Throws when a line has another shape. */
export function readRows(folder: string, name: string): Row[] {
  return unzipLines(join(folder, name)).map((line, index) => {
    const row: unknown = JSON.parse(line)
    if (!isRow(row)) throw new TypeError(`${name}, line ${index + 1}: not { text, lang, src }`)
    return row
  })
}

/** Words of one language with how often each occurs, most frequent first. */
export interface WordList {
  readonly words: readonly string[]
  readonly counts: readonly number[]
}

/** Reads `<folder>/train_words.tsv.gz`: language, word, count. */
export function readWords(folder: string): Map<string, WordList> {
  const lists = new Map<string, { words: string[]; counts: number[] }>()
  for (const line of unzipLines(join(folder, 'train_words.tsv.gz'))) {
    const [lang, word, count] = line.split('\t')
    if (lang === undefined || word === undefined || count === undefined) continue
    const list = lists.get(lang) ?? { words: [], counts: [] }
    list.words.push(word)
    list.counts.push(Number(count))
    lists.set(lang, list)
  }
  return lists
}

function unzipLines(file: string): string[] {
  return gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter(line => line !== '')
}

function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false
  return (
    'text' in value &&
    typeof value.text === 'string' &&
    'lang' in value &&
    typeof value.lang === 'string' &&
    'src' in value &&
    typeof value.src === 'string'
  )
}

/** Languages that the model tells apart; texts in others are left out, however many there are. */
export const wantedLanguages: ReadonlySet<string> = new Set(
  (
    'af an ar az be bg br bs ca cs cy da de dsb ee en eo es et eu fa fi fo fr fy ga gd gl ha hi hr hsb hu ia id ig is it ' +
    'kab kk ky la lb lg ln lt lv mk mn mr ms mt nb ne nl nn om pcm pl pt rm rn ro ru sco sk sl sn so sq sr sv sw tg tl tr ug ' +
    'uk ur uz vi wo xh yo zu'
  ).split(' '),
)
