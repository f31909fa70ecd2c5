import type { Entity } from '../../../contracts/page-analysis.ts'
import type { Sentence, TextDocument } from '../document.ts'
import { calendarWords } from '../keywords/calendar.ts'
import type { Pace } from '../pace.ts'
import { stopWordsOf } from '../stop-words.ts'
import { primarySubtag, type Token } from '../words.ts'
import { firstNames } from './first-names.ts'
import { placeNames } from './gazetteer.ts'
import {
  companyEndings,
  joiners,
  knownLetters,
  organisationNouns,
  personTitles,
  placeNouns,
  placeOpenings,
} from './marks.ts'

const mostEntities = 50
const mostWords = 20_000
const longestName = 7
/** Languages in which every noun has a capital: there only lists decide, not patterns. */
const capitalNouns = new Set(['de', 'lb'])

/**
 * People, places and organisations that a text names, the most named first. Runs of words in capitals, told apart by
 * lists and by the words in and around them; a run that nothing speaks for is left out: precision before recall.
 * Nothing in scripts without capitals.
 */
export async function findEntities(document: TextDocument, pace: Pace): Promise<Entity[]> {
  const context = {
    places: placeNames(document.language),
    dates: calendarWords(document.language),
    stops: stopWordsOf(document.language) ?? new Set<string>(),
    isStrict: capitalNouns.has(primarySubtag(document.language)),
  }
  const found = new Map<string, { name: string; kind: Entity['kind']; count: number }>()
  const singles = new Map<string, number>()
  let words = 0
  for (const sentence of document.sentences) {
    await pace.breathe()
    if (words > mostWords) break
    words += sentence.tokens.length
    for (const run of nameRuns(sentence, context)) {
      const kind = kindOf(run, context)
      if (kind === null) {
        if (run.names.length === 1) singles.set(run.name, (singles.get(run.name) ?? 0) + 1)
        continue
      }
      const key = `${kind} ${run.name}`
      const known = found.get(key)
      if (known === undefined) found.set(key, { name: run.name, kind, count: 1 })
      else known.count++
    }
  }
  return mergePeople([...found.values()], singles)
    .sort((left, right) => right.count - left.count)
    .slice(0, mostEntities)
}

interface Context {
  readonly places: ReadonlySet<string>
  readonly dates: ReadonlySet<string>
  readonly stops: ReadonlySet<string>
  readonly isStrict: boolean
}

interface Run {
  readonly name: string
  readonly names: readonly string[]
  /** The title before it, as in "Dr. Holm". */
  readonly isTitled: boolean
}

function nameRuns({ text, tokens }: Sentence, context: Context): Run[] {
  // Headlines and shouting: where every word of weight has a capital, it means nothing.
  const isPlain = tokens.some(token => !isCapital(token) && !context.stops.has(token.folded))
  if (tokens.length > 5 && !isPlain) return []
  const runs: Run[] = []
  let run: Token[] = []
  const close = (): void => {
    while (run.length > 0 && !isCapital(run.at(-1))) run.pop()
    const made = toRun(run, text, context)
    if (made !== null) runs.push(made)
    run = []
  }
  for (const token of tokens) {
    const last = run.at(-1)
    const gap = last === undefined ? '' : text.slice(last.start + last.text.length, token.start)
    const goesOn = gap === ' ' || (gap === '. ' && last !== undefined && isAbbreviated(last))
    if (run.length > 0 && !goesOn) close()
    const joins = run.length > 0 && goesOn && joiners.has(token.folded)
    const isName = isCapital(token) && !context.dates.has(token.folded)
    if (isName || joins) run.push(token)
    else close()
    if (run.length > longestName) run = []
  }
  close()
  return runs
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && token.text[0] !== token.folded[0]
}

function isAbbreviated({ text, folded }: Token): boolean {
  return text.length === 1 || personTitles.has(folded) || folded === 'st'
}

function toRun(tokens: readonly Token[], text: string, { stops }: Context): Run | null {
  // "Yesterday Prime Minister Jonas Lind": the name begins after the last title.
  const title = tokens.slice(0, -1).findLastIndex(({ folded }) => personTitles.has(folded))
  const isTitled = title !== -1
  let from = title + 1
  while (from < tokens.length && stops.has(tokens[from]?.folded ?? '')) from++
  const kept = tokens.slice(from)
  const first = kept[0]
  const last = kept.at(-1)
  if (first === undefined || last === undefined) return null
  const name = text.slice(first.start, last.start + last.text.length).replace(/['’]s$/, '')
  return { name, names: name.split(' '), isTitled }
}

function kindOf({ name, names, isTitled }: Run, { places, isStrict }: Context): Entity['kind'] | null {
  const bare = names.map(word => word.toLowerCase().replace(/\.$/, ''))
  const first = bare[0] ?? ''
  const last = bare.at(-1) ?? ''
  if (places.has(name)) return 'place'
  if (knownLetters.has(name)) return 'organisation'
  if (names.length > 1) {
    if (companyEndings.has(last)) return 'organisation'
    const isPerson = firstNames.has(names[0] ?? '') && !organisationNouns.has(last) && !bare.includes('of')
    if (!isPerson && bare.some(word => organisationNouns.has(word))) return 'organisation'
    if (!isStrict && (placeNouns.has(last) || placeOpenings.has(first))) return 'place'
  }
  const isShort = names.length <= 5 && !bare.includes('and') && !bare.includes('of') && !bare.includes('for')
  if (isTitled && isShort && !isStrict && name.length > 2) return 'person'
  const isNamed =
    names.length > 1 && firstNames.has(names[0] ?? '') && /^\p{Lu}\p{Ll}/u.test(names.at(-1) ?? '')
  return isNamed && isShort ? 'person' : null
}

type Named = { name: string; kind: Entity['kind']; count: number }

/** "Holm" after "Ida Holm" is the same person; where two people share it, nobody gets it. */
function mergePeople(found: readonly Named[], singles: ReadonlyMap<string, number>): Named[] {
  const bySurname = Map.groupBy(
    found.filter(({ kind, name }) => kind === 'person' && name.includes(' ')),
    ({ name }) => name.split(' ').at(-1) ?? '',
  )
  const merged: Named[] = []
  for (const entity of found) {
    const holders =
      entity.kind === 'person' && !entity.name.includes(' ') ? bySurname.get(entity.name) : undefined
    const [holder] = holders ?? []
    if (holder !== undefined) holder.count += holders?.length === 1 ? entity.count : 0
    else merged.push(entity)
  }
  for (const [surname, holders] of bySurname) {
    const [holder] = holders
    if (holder !== undefined && holders.length === 1) holder.count += singles.get(surname) ?? 0
  }
  return merged
}
