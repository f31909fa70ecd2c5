import { ArrowLeft, ArrowRight, RotateCw, ScanText, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TabState } from '../../contracts/browser.ts'

export interface ToolbarProps {
  tab: TabState | null
  isAnalysisOpen: boolean
  omnibox: ReactNode
  /** What plays, while something does. */
  nowPlaying: ReactNode
  /** The button for downloads. */
  downloads: ReactNode
  /** The button for processes. */
  processes: ReactNode
  menu: ReactNode
  onBack(): void
  onForward(): void
  onReload(): void
  onStop(): void
  onAnalyze(): void
}

export function Toolbar(props: ToolbarProps) {
  const { tab } = props
  const canReload = tab !== null && tab.content.kind !== 'newTab'
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
      {props.processes}
      {props.menu}
    </div>
  )
}
