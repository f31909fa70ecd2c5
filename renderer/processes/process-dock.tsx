import { ExternalLink, X } from 'lucide-react'
import { ColumnMenu } from './column-menu.tsx'
import { MessageTotals, TreeTotals } from './dock-totals.tsx'
import { DumpMenu } from './dump-menu.tsx'
import { HoldButton } from './hold-button.tsx'
import { ProcessesBody } from './processes-body.tsx'
import { ProcessesTools } from './processes-tools.tsx'
import { useProcessesView } from './use-processes-view.ts'
import type { DockView } from './view-switch.tsx'

export interface ProcessDockProps {
  view: DockView
  onView(view: DockView): void
  /** Shows the same, and more of it, in place of the page. */
  onPage(): void
  onClose(): void
}

const ignore = () => {}

/** Every process, live, with what it costs and whom it serves; and what they say to each other. */
export function ProcessDock(props: ProcessDockProps) {
  const { view } = props
  const state = useProcessesView()
  const { tree, traffic } = state.known
  return (
    <>
      <header className="nx-dock__head">
        <h2 className="nx-panel__title">Processes</h2>
        <ProcessesTools view={view} state={state} isSmall onView={props.onView} />
        <span className="grow" />
        {view !== 'messages' && tree !== null && <TreeTotals tree={tree} />}
        {view === 'messages' && traffic !== null && <MessageTotals traffic={traffic} />}
        <HoldButton heldAt={state.heldAt} onToggle={state.toggleHold} />
        {view !== 'messages' && <ColumnMenu />}
        <DumpMenu shown={state.shown} />
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Open processes as a page"
          title="Open as a page"
          onClick={props.onPage}
        >
          <ExternalLink className="i" />
        </button>
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Close processes"
          title="Close (Shift+Esc)"
          onClick={props.onClose}
        >
          <X className="i" />
        </button>
      </header>
      <div className="nx-dock__body" data-view={view} data-held={state.heldAt !== null}>
        <ProcessesBody view={view} state={state} onlyIds={null} onSelect={ignore} onEnter={null} takesFocus />
      </div>
    </>
  )
}
