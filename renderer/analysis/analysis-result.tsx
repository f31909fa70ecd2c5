import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState } from 'react'
import type { Judgement } from '../../contracts/judgement.ts'
import type { PageAnalysis, PartialAnalysis, StageReport } from '../../contracts/page-analysis.ts'
import { durationText } from '../processes/readings.ts'
import { Facts } from './sections/facts.tsx'
import { Section } from './sections/section.tsx'
import { SummarySection } from './sections/summary-section.tsx'
import { KeywordSection, NameSection } from './sections/tag-sections.tsx'
import { TopicSection } from './sections/topic-section.tsx'
import { stageTime, tapeOf } from './tape.ts'
import { StageList, Tape } from './tape-view.tsx'
import type { Passages } from './use-passages.ts'

/** What was understood of a page, and how long each part took. */
export function AnalysisResult(props: {
  analysis: PageAnalysis
  judgement: Judgement | null
  passages: Passages
}) {
  const { analysis, judgement, passages } = props
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
        <Facts analysis={analysis} judgement={judgement} />
      </section>
      <FoundSections found={analysis} stages={analysis.stages} passages={passages} />
    </>
  )
}

/** What is known so far, part by part in the order in which it is found. */
export function FoundSections(props: {
  found: PartialAnalysis
  stages: readonly StageReport[]
  passages: Passages
}) {
  const { found, stages, passages } = props
  return (
    <>
      {found.summary !== undefined && (
        <SummarySection
          summary={found.summary}
          words={found.words ?? null}
          language={found.language?.kind === 'known' ? found.language.guess.tag : null}
          milliseconds={stageTime(stages, 'summary')}
          passages={passages}
        />
      )}
      {found.topic !== undefined && (
        <TopicSection topic={found.topic} milliseconds={stageTime(stages, 'topic')} />
      )}
      {found.keywords !== undefined && (
        <KeywordSection keywords={found.keywords} milliseconds={stageTime(stages, 'keywords')} />
      )}
      {found.passages?.kind === 'unavailable' && (
        <Section title="Search by meaning" milliseconds={null}>
          <p className="t2 fs12" title={found.passages.code}>
            Not available for this page. {found.passages.message}
          </p>
        </Section>
      )}
      {found.entities !== undefined && (
        <NameSection entities={found.entities} milliseconds={stageTime(stages, 'entities')} />
      )}
    </>
  )
}
