import type { PageAnswer } from '../contracts/ai.ts'
import type { AskCommand } from './command.ts'
import { connectOrStart, endInstance, whenReady } from './connecting.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import type { Surface } from './surface.ts'
import { indented, jsonLine } from './terminal-text.ts'

/** Opens a page and prints the passages of it that answer a question. */
export async function ask({ url, question, isJson }: AskCommand, surface: Surface): Promise<ExitCode> {
  const { session, isOurs } = await connectOrStart(surface)
  using connected = session
  try {
    const answer = await whenReady(surface, () =>
      connected.control.ask({ url, question }, { signal: surface.signal }),
    )
    surface.print(isJson ? jsonLine({ url, question, ...answer }) : formatAnswer(answer, surface.columns))
    return answer.kind === 'found' ? exitCode.done : exitCode.nothingFound
  } finally {
    if (isOurs) await endInstance(connected, surface)
  }
}

/** For a person at a terminal: each passage with its place, counted from 1. */
export function formatAnswer(answer: PageAnswer, columns: number): string {
  switch (answer.kind) {
    case 'notInPage':
      return 'The page does not say.\n'
    case 'found':
      return `${answer.passages
        .map(({ paragraph, text, score }) =>
          [`Paragraph ${paragraph + 1} (${score.toFixed(2)})`, ...indented(text, 2, columns)].join('\n'),
        )
        .join('\n\n')}\n`
  }
}
