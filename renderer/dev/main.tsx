import '@fontsource-variable/inter/wght.css'
import '../styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '../shell/app.tsx'
import { FixtureLink } from './fixture-link.ts'
import { stateOf } from './fixtures/states.ts'

/** The chrome UI on made-up data: `?fixture=<name>&theme=dark|light&frame=none`. Not part of the product. */
const parameters = new URLSearchParams(location.search)
const link = new FixtureLink(stateOf(parameters.get('fixture') ?? 'page', parameters.get('theme')))
// tests look here at what was asked for
Object.assign(window, { fixture: link })

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element')
createRoot(root).render(
  <StrictMode>
    <App link={link} isFrameless={parameters.get('frame') === 'none'} />
  </StrictMode>,
)
