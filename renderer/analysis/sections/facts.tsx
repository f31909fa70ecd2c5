import type { Judgement } from '../../../contracts/judgement.ts'
import type { PartialAnalysis } from '../../../contracts/page-analysis.ts'
import { reasonWords } from '../../judgement/warning-words.ts'

/** Language, reading time, who wrote it and when: what is known so far. */
export function Facts({ analysis, judgement }: { analysis: PartialAnalysis; judgement: Judgement | null }) {
  const { language, words, readingMinutes, difficulty, metadata, passageLanguages = [] } = analysis
  return (
    <dl className="nx-facts nx-facts--below">
      {language !== undefined && (
        <div>
          <dt>Language</dt>
          {language.kind === 'known' ? (
            <dd>
              {language.guess.name} <small>{confidenceText(language.guess.confidence)}</small>
              {passageLanguages.length > 0 && (
                <small> and {[...new Set(passageLanguages.map(({ guess }) => guess.name))].join(', ')}</small>
              )}
            </dd>
          ) : (
            <dd title={language.code}>
              Not available <small>{language.message}</small>
            </dd>
          )}
        </div>
      )}
      {readingMinutes !== undefined && words !== undefined && (
        <div>
          <dt>Reading time</dt>
          <dd>
            {readingTimeText(readingMinutes)}{' '}
            <small>
              {words.toLocaleString('en')} {words === 1 ? 'word' : 'words'}
            </small>
          </dd>
        </div>
      )}
      {difficulty?.kind === 'known' && (
        <div>
          <dt>Reads</dt>
          <dd>{difficultyWords[difficulty.level]}</dd>
        </div>
      )}
      {judgement !== null && (
        <div>
          <dt>Safety</dt>
          <dd title={judgement.reasons.map(reasonWords).join('\n') || undefined}>
            {safetyWords[judgement.level]}
          </dd>
        </div>
      )}
      {metadata !== undefined && metadata.author !== null && (
        <div>
          <dt>By</dt>
          <dd className="ell" title={metadata.author}>
            {metadata.author}
          </dd>
        </div>
      )}
      {metadata !== undefined && metadata.publishedAt !== null && (
        <div>
          <dt>Published</dt>
          <dd>{dateText(metadata.publishedAt)}</dd>
        </div>
      )}
    </dl>
  )
}

/** The reasons stand in the bar above the page. */
const safetyWords = { none: 'No warning', caution: 'Be careful', danger: 'Warning' } as const

const difficultyWords = { easy: 'Easily', medium: 'With some care', hard: 'Hard going' } as const

/** A guess is called likely when it is not near certain. */
function confidenceText(confidence: number): string {
  const percent = `${Math.round(confidence * 100)} %`
  return confidence < 0.9 ? `likely, ${percent}` : percent
}

function readingTimeText(minutes: number): string {
  return minutes < 1 ? 'Under 1 min' : `${Math.round(minutes)} min`
}

/** As the page gives it where that is no date. */
function dateText(text: string): string {
  const date = new Date(text)
  if (Number.isNaN(date.getTime())) return text
  return date.toLocaleDateString('en', { day: 'numeric', month: 'long', year: 'numeric' })
}
