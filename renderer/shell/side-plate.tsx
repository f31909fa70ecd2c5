import { useState } from 'react'
import type { TabState, WindowState } from '../../contracts/browser.ts'
import { AnalysisPanel } from '../analysis/analysis-panel.tsx'
import type { MemoryLink } from '../history/memory-link.ts'
import { SettingsPanel } from '../settings/settings-panel.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { PanelSeparator } from './separator.tsx'
import type { OpenParts } from './use-open-parts.ts'
import type { WindowActions } from './use-window-actions.ts'

const widths = { initial: 384, narrow: 340, min: 320, max: 560 }
/** Below this width of the window the plate begins narrower. */
const narrowBelowPx = 1120

/** The plate beside the page, with the edge that changes its width. Nothing while no panel is open. */
export function SidePlate(props: {
  link: BrowserLink
  browser: Browser
  state: WindowState
  tab: TabState | null
  memory: MemoryLink
  parts: OpenParts
  actions: WindowActions
}) {
  const { link, state, tab, memory, parts, actions } = props
  const { act, ask } = props.browser
  const [wanted, setWanted] = useState(() =>
    window.innerWidth < narrowBelowPx ? widths.narrow : widths.initial,
  )
  if (parts.sidePanel === null) return null
  const max = Math.min(widths.max, Math.round(window.innerWidth * 0.6))
  const width = Math.min(wanted, max)
  return (
    <>
      <PanelSeparator
        label="Width of the side panel"
        orientation="vertical"
        value={width}
        min={widths.min}
        max={max}
        onChange={setWanted}
      />
      <aside
        className="nx-plate nx-plate--panel"
        id="side-panel"
        aria-label={parts.sidePanel === 'analysis' ? 'Analysis' : 'Settings'}
        style={{ width }}
      >
        {parts.sidePanel === 'analysis' ? (
          <AnalysisPanel
            tab={tab}
            ask={ask}
            question={parts.question}
            memory={memory}
            onOpen={url => act('newTab', { input: url })}
            onAnalyze={() => actions.onTab('analyze')}
            onCancel={() => actions.onTab('cancelAnalysis')}
            onClose={parts.closeSidePanel}
          />
        ) : (
          <SettingsPanel
            link={link}
            settings={state.settings}
            onSave={change => act('saveSettings', change)}
            onClose={parts.closeSidePanel}
          />
        )}
      </aside>
    </>
  )
}
