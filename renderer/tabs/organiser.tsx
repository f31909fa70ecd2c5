import { Combine } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import type { OrganisedTabs } from '../../contracts/ai.ts'
import type { TabState } from '../../contracts/browser.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { Act, Ask } from '../system/use-browser.ts'

export interface OrganiserProps {
  readonly tabs: readonly TabState[]
  readonly act: Act
  readonly ask: Ask
}

/** Offers to put tabs about one thing together. Nothing moves and nothing closes before the person says so. */
export function Organiser(props: OrganiserProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button className="nx-ib" id="organise-tabs" aria-label="Organise tabs">
        <Combine className="i" />
      </Button>
      <Popover className="nx-pop" placement="bottom start" offset={6} containerPadding={8}>
        <Dialog className="nx-organiser" aria-label="Organise tabs">
          <Proposal {...props} onDone={() => setIsOpen(false)} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

type Organising =
  | { readonly kind: 'thinking' }
  | { readonly kind: 'organised'; readonly organised: OrganisedTabs }
  | { readonly kind: 'failed'; readonly message: string }

function Proposal({ tabs, act, ask, onDone }: OrganiserProps & { onDone(): void }) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  const [state, setState] = useState<Organising>({ kind: 'thinking' })
  useEffect(() => {
    let isWanted = true
    const tell = (next: Organising): void => {
      if (isWanted) setState(next)
    }
    ask('organiseTabs', {}).then(
      organised => tell({ kind: 'organised', organised }),
      (error: unknown) =>
        tell({ kind: 'failed', message: error instanceof Error ? error.message : 'The tabs were not read.' }),
    )
    return () => {
      isWanted = false
    }
  }, [ask])
  const isGrouped = tabs.some(tab => tab.group !== null)
  return (
    <div ref={element}>
      <h2>Organise tabs</h2>
      <Contents state={state} tabs={tabs} act={act} onDone={onDone} />
      {isGrouped && (
        <div className="nx-organiser__foot">
          <button
            type="button"
            className="nx-btn nx-btn--quiet nx-btn--s"
            onClick={() => {
              act('groupTabs', { groups: [] })
              onDone()
            }}
          >
            Ungroup all
          </button>
        </div>
      )}
    </div>
  )
}

function Contents(props: { state: Organising; tabs: readonly TabState[]; act: Act; onDone(): void }) {
  const { state, tabs, act, onDone } = props
  const titleOf = (id: string): string => tabs.find(tab => tab.id === id)?.title || 'Untitled'
  switch (state.kind) {
    case 'thinking':
      return (
        <p className="t2 fs12" role="status">
          Reading the titles of {tabs.length} {tabs.length === 1 ? 'tab' : 'tabs'} on this computer
        </p>
      )
    case 'failed':
      return (
        <p className="t2 fs12" role="alert">
          {state.message}
        </p>
      )
    case 'organised': {
      const { groups, duplicates } = state.organised
      // Of each set the first stays.
      const spare = duplicates.flatMap(set => set.slice(1))
      if (groups.length === 0 && spare.length === 0) {
        return <p className="t2 fs12">No two tabs are about the same thing.</p>
      }
      return (
        <>
          {groups.map(group => (
            <section key={group.name} aria-label={group.name}>
              <h3>
                {group.name} <span className="num t3">{group.tabs.length}</span>
              </h3>
              <ul>
                {group.tabs.map(id => (
                  <li className="ell t2 fs12" key={id}>
                    {titleOf(id)}
                  </li>
                ))}
              </ul>
            </section>
          ))}
          <div className="nx-organiser__foot">
            {groups.length > 0 && (
              <button
                type="button"
                className="nx-btn nx-btn--pri nx-btn--s"
                onClick={() => {
                  act('groupTabs', { groups })
                  onDone()
                }}
              >
                Group {groups.reduce((sum, group) => sum + group.tabs.length, 0)} tabs
              </button>
            )}
            {spare.length > 0 && (
              <button
                type="button"
                className="nx-btn nx-btn--s"
                title={spare.map(titleOf).join('\n')}
                onClick={() => {
                  for (const tabId of spare) act('closeTab', { tabId })
                  onDone()
                }}
              >
                Close {spare.length} {spare.length === 1 ? 'duplicate' : 'duplicates'}
              </button>
            )}
          </div>
        </>
      )
    }
  }
}
