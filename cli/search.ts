import type { MemoryAnswer } from '../contracts/memory.ts'
import type { SearchCommand } from './command.ts'
import { connectOrStart, endInstance, whenReady } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Surface } from './surface.ts'
import { indented, jsonLine, plainText } from './terminal-text.ts'

/** Searches what was read and visited, by words and by meaning. */
export async function search(command: SearchCommand, surface: Surface): Promise<ExitCode> {
  const { query, limit, isJson } = command
  const { session, isOurs } = await connectOrStart(surface)
  using connected = session
  try {
    const answer = await whenReady(surface, () =>
      connected.control.search({ query, limit }, { signal: surface.signal }),
    )
    surface.print(isJson ? jsonLine({ query, ...answer }) : formatFound(answer, surface.columns))
    if (!isJson && answer.meaning.kind === 'unavailable') {
      surface.note(`Searched by words alone: ${plainText(answer.meaning.message)}\n`)
    }
    return answer.pages.length === 0 ? exitCode.nothingFound : exitCode.done
  } finally {
    if (isOurs) await endInstance(connected, surface)
  }
}

const why = { words: 'words', meaning: 'meaning', both: 'words and meaning', latest: 'latest' } as const

/** For a person at a terminal. */
export function formatFound({ pages }: MemoryAnswer, columns: number): string {
  if (pages.length === 0) return 'Nothing was found.\n'
  return `${pages
    .map(({ title, url, foundBy, passage }, index) =>
      [
        `${index + 1}. ${plainText(title) || 'Untitled page'} (${why[foundBy]})`,
        `   ${plainText(url)}`,
        ...(passage === null ? [] : indented(passage.text, 3, columns)),
      ].join('\n'),
    )
    .join('\n\n')}\n`
}
