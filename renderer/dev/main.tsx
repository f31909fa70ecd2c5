import '@fontsource-variable/inter/wght.css'
import '../styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../shell/app.tsx'
import type { BrowserLink } from '../system/browser-link.ts'
import { EndpointLink } from '../system/endpoint-link.ts'
import { FixtureLink } from './fixture-link.ts'
import { crowdOf } from './fixtures/crowds.ts'
import { stateOf } from './fixtures/states.ts'
import { introduction, serveFixture } from './message-controller.ts'
import { handToRemoteController, serveOpener } from './remote-controller.ts'

declare global {
  interface Window {
    /** Tests look here at what was asked for, and let things happen. */
    fixture: FixtureLink
  }
}

/**
 * The chrome UI on made-up data: `?fixture=<name>&theme=dark|light&frame=none&link=port|remote&crowd=<name>`. Not part
 * of the product. `link=port` puts real ports and messages in between, `link=remote` another process too; `crowd` says how
 * many processes talk.
 */
const parameters = new URLSearchParams(location.search)
window.fixture = new FixtureLink(
  stateOf(parameters.get('fixture') ?? 'page', parameters.get('theme')),
  crowdOf(parameters.get('crowd')),
)

function connect(): BrowserLink {
  const wanted = parameters.get('link')
  if (wanted !== 'port' && wanted !== 'remote') return window.fixture
  const { port1, port2 } = new MessageChannel()
  if (wanted === 'port') serveFixture(window.fixture, port1)
  else handToRemoteController(port1)
  const link = new EndpointLink(window)
  window.postMessage(introduction, window.origin, [port2])
  return link
}

function render(): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no root element')
  createRoot(root).render(
    <StrictMode>
      <App link={connect()} isFrameless={parameters.get('frame') === 'none'} />
    </StrictMode>,
  )
}

if (parameters.get('role') === 'controller') serveOpener(window.fixture)
else render()
