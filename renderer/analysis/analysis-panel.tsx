import { Cpu, RotateCcw, ScanText, Square, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import type { MemoryLink } from '../history/memory-link.ts'
import { shortHost } from '../omnibox/address.ts'
import type { Ask } from '../system/use-browser.ts'
import { AnalysisResult, FoundSections } from './analysis-result.tsx'
import { ForgetButton } from './forget-button.tsx'
import { AskBox } from './sections/ask-box.tsx'
import { Facts } from './sections/facts.tsx'
import { LooksSection } from './sections/looks-section.tsx'
import { RelatedSection } from './sections/related-section.tsx'
import { failureWords, stageWords } from './stage-words.ts'
import { nextStage, tapeOf } from './tape.ts'
import { StageList, Tape } from './tape-view.tsx'
import { usePassages } from './use-passages.ts'

export interface AnalysisPanelProps {
  tab: TabState | null
  ask: Ask
  /** What was asked in the omnibox, for the page to answer. */
  question?: string | null
  memory: MemoryLink
  onOpen(url: string): void
  onAnalyze(): void
  onCancel(): void
  onClose(): void
}

/** What the machine read on the page in view. Every result was made on this computer, and the head says so. */
export function AnalysisPanel(props: AnalysisPanelProps) {
  return (
    <>
      <header className="nx-panel__head">
        <ScanText className="i nx-panel__icon" />
        <h2 className="nx-panel__title">Analysis</h2>
        <span className="nx-chip nx-chip--live" title="No text leaves this device">
          <Cpu className="i i-s" />
          On this device
        </span>
        <span className="grow" />
        <button
          type="button"
          className="nx-ib"
          aria-label="Close analysis"
          title="Close (Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <Body {...props} />
    </>
  )
}

function Body(props: AnalysisPanelProps) {
  const { tab } = props
  const passages = usePassages(tab?.id ?? null, tab?.url ?? '', props.ask)
  if (tab === null || tab.content.kind !== 'page') {
    return (
      <Empty title="No page to read">
        <p>
          Open a page, then press Analyse: its language, a summary, keywords and the reading time appear here.
        </p>
      </Empty>
    )
  }
  const { analysis } = tab
  switch (analysis.kind) {
    case 'none':
      return (
        <Empty title="Not read yet">
          <p>
            Nexus reads the text of {tab.site ?? shortHost(tab.url)} on this computer. Nothing of it is sent
            anywhere.
          </p>
          <button type="button" className="nx-btn nx-btn--pri" onClick={props.onAnalyze}>
            <ScanText className="i" />
            Analyse this page
          </button>
        </Empty>
      )
    case 'running': {
      const stage = nextStage(analysis.finished)
      const segments = tapeOf(analysis.finished, 'running')
      return (
        <div className="nx-panel__body" aria-busy="true">
          <section className="nx-sec">
            <div className="nx-sec__lead">
              <span>{stage === null ? 'Putting the results together' : stageWords(stage).doing}</span>
              <span className="grow" />
              <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onCancel}>
                <Square className="i i-s" />
                Stop
              </button>
            </div>
            <Tape segments={segments} />
            <StageList segments={segments} isLive />
            <Facts analysis={analysis.found} judgement={tab.judgement} />
          </section>
          <FoundSections found={analysis.found} stages={analysis.finished} passages={passages} />
          <section className="nx-sec" aria-hidden="true">
            <span className="nx-skel nx-skel--wide" />
            <span className="nx-skel nx-skel--narrow" />
          </section>
        </div>
      )
    }
    case 'done':
      return (
        <>
          <div className="nx-panel__body">
            <AnalysisResult
              key={analysis.analysis.url}
              analysis={analysis.analysis}
              judgement={tab.judgement}
              passages={passages}
            />
            <RelatedSection url={tab.url} memory={props.memory} onOpen={props.onOpen} />
            <LooksSection url={tab.url} ask={props.ask} onOpen={props.onOpen} />
          </div>
          <AskBox
            key={`${tab.url}\n${props.question ?? ''}`}
            tabId={tab.id}
            ask={props.ask}
            passages={passages}
            initialQuestion={props.question ?? ''}
          />
          <footer className="nx-panel__foot">
            <span className="grow ell">{readWords(analysis.analysis)}</span>
            <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onAnalyze}>
              <RotateCcw className="i i-s" />
              Read again
            </button>
            <ForgetButton key={tab.url} url={tab.url} memory={props.memory} />
          </footer>
        </>
      )
    case 'failed': {
      const words = failureWords(analysis.code, analysis.message)
      const segments = tapeOf(analysis.finished, 'failed')
      return (
        <div className="nx-panel__body">
          <section className="nx-sec">
            <Tape segments={segments} />
            <StageList segments={segments} isLive={false} />
          </section>
          <div className="nx-panel__empty" role="alert">
            <h3>{words.title}</h3>
            <p>{words.text}</p>
            <button type="button" className="nx-btn" onClick={props.onAnalyze}>
              <RotateCcw className="i" />
              Try again
            </button>
            <p className="num t3 fs11">{analysis.code}</p>
          </div>
        </div>
      )
    }
  }
}

function Empty(props: { title: string; children: ReactNode }) {
  return (
    <div className="nx-panel__body">
      <div className="nx-panel__empty">
        <h3>{props.title}</h3>
        {props.children}
      </div>
    </div>
  )
}

/** Where the text came from, since a guess at the article may be wrong. */
function readWords(analysis: PageAnalysis): string {
  const whole = analysis.method === 'visibleText' ? 'all visible text' : 'the article'
  const part = analysis.isCut ? 'the beginning of the page' : whole
  return `Read ${analysis.words.toLocaleString('en')} words of ${part}`
}
