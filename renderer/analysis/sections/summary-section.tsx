import type { KeyboardEvent } from 'react'
import type { PageAnalysis } from '../../../contracts/page-analysis.ts'
import { ReadAloud } from '../../media/read-aloud.tsx'
import type { Passages } from '../use-passages.ts'
import { Section } from './section.tsx'

export interface SummarySectionProps {
  readonly summary: PageAnalysis['summary']
  /** Of the whole page; null while they are not counted. */
  readonly words: number | null
  readonly milliseconds: number | null
  /** Of the page, as BCP 47 names it; null while it is not known. */
  readonly language: string | null
  readonly passages: Passages
}

/** The sentences that say the most, each a way to its place in the page. N and P go to the next and the one before. */
export function SummarySection({ summary, words, milliseconds, language, passages }: SummarySectionProps) {
  const sentences = summary.map(({ text }) => text)

  function step(event: KeyboardEvent<HTMLElement>): void {
    const direction = event.key === 'n' ? 1 : event.key === 'p' ? -1 : 0
    if (direction === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const at = passages.current === null ? -1 : sentences.indexOf(passages.current)
    const next = sentences[at === -1 ? 0 : (at + direction + sentences.length) % sentences.length]
    if (next === undefined) return
    passages.goTo(sentences, next)
    const references = event.currentTarget.querySelectorAll<HTMLElement>('.nx-ref')
    references[sentences.indexOf(next)]?.focus()
    event.preventDefault()
  }

  return (
    <Section
      title="Summary"
      milliseconds={milliseconds}
      tool={summary.length > 0 && <ReadAloud name="the summary" paragraphs={sentences} language={language} />}
    >
      {summary.length === 0 ? (
        <p className="t2 fs12">
          Too little text to summarise{words !== null && `: ${words} ${words === 1 ? 'word' : 'words'}`}.
        </p>
      ) : (
        <ol className="nx-sum" onKeyDown={step}>
          {summary.map(({ text, paragraph }, position) => (
            <li key={`${paragraph}-${text}`}>
              <button
                type="button"
                className="nx-ref"
                aria-label={`Go to passage ${position + 1}`}
                title={
                  passages.missing.has(text)
                    ? 'No longer on the page'
                    : `Go to paragraph ${paragraph + 1} (N next, P previous)`
                }
                aria-current={passages.current === text}
                onClick={() => passages.goTo(sentences, text)}
              >
                {position + 1}
              </button>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
