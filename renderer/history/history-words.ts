import type { FoundBy, FoundPage, MemoryAnswer, Remembered } from '../../contracts/memory.ts'

/** What a chip beside a result says, and what it means. */
export function reasonWords(foundBy: FoundBy): readonly { readonly name: string; readonly text: string }[] {
  const words = { name: 'Words', text: 'It holds words that you typed' }
  const meaning = { name: 'Meaning', text: 'It is about what you typed' }
  switch (foundBy) {
    case 'words':
      return [words]
    case 'meaning':
      return [meaning]
    case 'both':
      return [words, meaning]
    case 'latest':
      return []
  }
}

/** One line about an answer, read out when it arrives. */
export function answerWords(query: string, { pages, meaning }: MemoryAnswer): string {
  if (query.trim() === '') return pages.length === 0 ? 'Nothing visited yet' : 'Latest pages'
  const count = pages.length === 0 ? 'Nothing found' : pages.length === 1 ? '1 page' : `${pages.length} pages`
  switch (meaning.kind) {
    case 'used':
    case 'notNeeded':
      return `${count}, looked for by words and by meaning`
    case 'unavailable':
      return `${count}, looked for by words alone`
  }
}

/** Everything that is kept of a page, in one sentence a fact. */
export function storedFacts(stored: Remembered, timeText: (at: number) => string): readonly string[] {
  const { visited, read, analysis, look } = stored
  const facts: string[] = []
  if (visited !== null) {
    const visits = visited.visits === 1 ? '1 visit' : `${visited.visits} visits`
    facts.push(`${visits}, first ${timeText(visited.firstVisitAt)}, last ${timeText(visited.lastVisitAt)}`)
  }
  if (read !== null) {
    const passages = read.passages.length === 1 ? '1 passage' : `${read.passages.length} passages`
    const about = [read.topic, read.language === 'und' ? null : read.language].filter(one => one !== null)
    facts.push(
      `${passages} of its text, ${read.vectors} of them with a meaning, read ${timeText(read.at)}`,
      ...(about.length === 0 ? [] : [`Topic and language: ${about.join(', ')}`]),
      ...(read.keywords.length === 0 ? [] : [`Keywords: ${read.keywords.join(', ')}`]),
    )
  }
  if (analysis !== null) facts.push(`An analysis that you asked for, ${timeText(analysis.at)}`)
  if (look !== null) facts.push(`How it looked, as numbers without the picture, ${timeText(look.at)}`)
  return facts.length === 0 ? ['Nothing is stored about this page'] : facts
}

/** What a page is called where it stands. */
export function pageTitle(page: Pick<FoundPage, 'title' | 'url'>): string {
  return page.title.trim() === '' ? page.url : page.title
}
