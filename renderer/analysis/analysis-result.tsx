import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import { durationText } from '../processes/readings.ts'
import { stageTime, tapeOf } from './tape.ts'
import { StageList, Tape } from './tape-view.tsx'

/** What was understood of a page: facts, summary, keywords, and how long each took. */
export function AnalysisResult({ analysis }: { analysis: PageAnalysis }) {
  const [isTimesOpen, setIsTimesOpen] = useState(false)
  const segments = tapeOf(analysis.stages, 'done')
  return (
    <>
      <section className="nx-sec">
        <div className="nx-sec__lead">
          <span role="status">Done in {durationText(analysis.totalMs)}</span>
          <span className="grow" />
          <button
            type="button"
            className="nx-btn nx-btn--quiet nx-btn--s"
            aria-expanded={isTimesOpen}
            onClick={() => setIsTimesOpen(!isTimesOpen)}
          >
            Stage times
            {isTimesOpen ? <ChevronUp className="i i-s" /> : <ChevronDown className="i i-s" />}
          </button>
        </div>
        <Tape segments={segments} />
        {isTimesOpen && <StageList segments={segments} isLive={false} />}
        <Facts analysis={analysis} />
      </section>
      <Summary analysis={analysis} />
      <Keywords analysis={analysis} />
    </>
  )
}

function Facts({ analysis }: { analysis: PageAnalysis }) {
  const { language } = analysis
  return (
    <dl className="nx-facts nx-facts--below">
      <div>
        <dt>Language</dt>
        {language.kind === 'known' ? (
          <dd>
            {language.guess.name} <small>{confidenceText(language.guess.confidence)}</small>
          </dd>
        ) : (
          <dd title={language.code}>
            Not available <small>{language.message}</small>
          </dd>
        )}
      </div>
      <div>
        <dt>Reading time</dt>
        <dd>
          {readingTimeText(analysis.readingMinutes)}{' '}
          <small>
            {analysis.words.toLocaleString('en')} {analysis.words === 1 ? 'word' : 'words'}
          </small>
        </dd>
      </div>
    </dl>
  )
}

function Summary({ analysis }: { analysis: PageAnalysis }) {
  return (
    <section className="nx-sec" aria-label="Summary">
      <SectionHead title="Summary" milliseconds={stageTime(analysis.stages, 'summary')} />
      {analysis.summary.length === 0 ? (
        <p className="t2 fs12">
          Too little text to summarise: {analysis.words} {analysis.words === 1 ? 'word' : 'words'}.
        </p>
      ) : (
        <ol className="nx-sum">
          {analysis.summary.map((sentence, position) => (
            <li key={`${sentence.paragraph}-${sentence.text}`}>
              <span className="nx-ref" title={`From paragraph ${sentence.paragraph + 1}`}>
                {position + 1}
              </span>
              <span>{sentence.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Keywords({ analysis }: { analysis: PageAnalysis }) {
  return (
    <section className="nx-sec" aria-label="Keywords">
      <SectionHead title="Keywords" milliseconds={stageTime(analysis.stages, 'keywords')} />
      {analysis.keywords.length === 0 ? (
        <p className="t2 fs12">No phrase stands out on this page.</p>
      ) : (
        <ul className="nx-tags">
          {analysis.keywords.map(keyword => (
            <li className="nx-tag" key={keyword.phrase}>
              {keyword.phrase}
              <span className="num" title={`Occurs ${keyword.count} times`}>
                {keyword.count}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function SectionHead({ title, milliseconds }: { title: string; milliseconds: number | null }) {
  return (
    <div className="nx-sec__h">
      <h3>{title}</h3>
      {milliseconds !== null && <span className="num">{durationText(milliseconds)}</span>}
    </div>
  )
}

/** A guess is called likely when it is not near certain. */
function confidenceText(confidence: number): string {
  const percent = `${Math.round(confidence * 100)} %`
  return confidence < 0.9 ? `likely, ${percent}` : percent
}

function readingTimeText(minutes: number): string {
  return minutes < 1 ? 'Under 1 min' : `${Math.round(minutes)} min`
}
