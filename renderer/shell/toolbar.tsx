import { ArrowLeft, ArrowRight, RotateCw, ScanText, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { MessageAlert } from '../../contracts/messages.ts'
import { alertCountWords } from '../processes/messages/alert-words.ts'
import { gravestLevel } from '../processes/messages/health.ts'

export interface ToolbarProps {
  tab: TabState | null
  /** Null while nothing has counted them. */
  processCount: number | null
  /** Alerts about messages, as far as somebody watches. */
  alerts: readonly MessageAlert[]
  isAnalysisOpen: boolean
  isDockOpen: boolean
  omnibox: ReactNode
  /** What plays, while something does. */
  nowPlaying: ReactNode
  /** The button for downloads. */
  downloads: ReactNode
  menu: ReactNode
  onBack(): void
  onForward(): void
  onReload(): void
  onStop(): void
  onAnalyze(): void
  onToggleProcesses(): void
}

export function Toolbar(props: ToolbarProps) {
  const { tab } = props
  const canReload = tab !== null && tab.content.kind !== 'newTab'
  const count = props.processCount
  const processWords = [
    'Processes',
    count === null ? '' : `${count} running`,
    props.alerts.length === 0 ? '' : alertCountWords(props.alerts),
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <div className="nx-bar" role="toolbar" aria-label="Browser">
      <button
        type="button"
        className="nx-ib"
        aria-label="Back"
        title="Back (Alt+Left)"
        disabled={!tab?.canGoBack}
        onClick={props.onBack}
      >
        <ArrowLeft className="i" />
      </button>
      <button
        type="button"
        className="nx-ib"
        aria-label="Forward"
        title="Forward (Alt+Right)"
        disabled={!tab?.canGoForward}
        onClick={props.onForward}
      >
        <ArrowRight className="i" />
      </button>
      {tab?.isLoading ? (
        <button
          type="button"
          className="nx-ib"
          aria-label="Stop"
          title="Stop loading (Esc)"
          onClick={props.onStop}
        >
          <X className="i" />
        </button>
      ) : (
        <button
          type="button"
          className="nx-ib"
          aria-label="Reload"
          title="Reload (Ctrl+R)"
          disabled={!canReload}
          onClick={props.onReload}
        >
          <RotateCw className="i" />
        </button>
      )}
      {props.omnibox}
      {props.nowPlaying}
      <button
        type="button"
        className="nx-ib nx-ib--wide"
        id="open-analysis"
        aria-label="Analyse"
        aria-expanded={props.isAnalysisOpen}
        title="Analyse this page (Ctrl+Shift+A)"
        onClick={props.onAnalyze}
      >
        <ScanText className="i" />
        <span className="nx-hide-n">Analyse</span>
      </button>
      {props.downloads}
      <button
        type="button"
        className="nx-meterbtn"
        id="open-processes"
        aria-label={processWords}
        data-alert={gravestLevel(props.alerts) ?? undefined}
        aria-expanded={props.isDockOpen}
        title="Processes (Shift+Esc)"
        onClick={props.onToggleProcesses}
      >
        <span className="nx-meterbtn__bars" aria-hidden="true">
          <i className="nx-meterbtn__bar1" />
          <i className="nx-meterbtn__bar2" />
          <i className="nx-meterbtn__bar3" />
        </span>
        {count !== null && <span className="num">{count}</span>}
      </button>
      {props.menu}
    </div>
  )
}
