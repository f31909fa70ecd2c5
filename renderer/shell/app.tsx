import type { BrowserLink } from '../system/browser-link.ts'
import { useBrowser } from '../system/use-browser.ts'
import { BrowserWindow } from './browser-window.tsx'
import { LostPage } from './lost-page.tsx'

/** The chrome UI of one window. */
export function App(props: { link: BrowserLink; isFrameless: boolean }) {
  const browser = useBrowser(props.link)
  const { snapshot } = browser
  switch (snapshot.kind) {
    case 'connecting':
      // the first state comes within a few milliseconds; anything drawn before it would only flash
      return <div className="nx-window" aria-busy="true" />
    case 'connected':
      return (
        <BrowserWindow
          link={props.link}
          browser={browser}
          state={snapshot.state}
          isFrameless={props.isFrameless}
        />
      )
    case 'lost':
      return <LostPage reason={snapshot.reason} />
  }
}
