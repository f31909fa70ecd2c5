import '@fontsource-variable/inter/wght.css'
import './styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './shell/app.tsx'
import { EndpointLink } from './system/endpoint-link.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('The page of the chrome UI has no root element')
const isFrameless = new URLSearchParams(location.search).get('frame') === 'none'
createRoot(root).render(
  <StrictMode>
    <App link={new EndpointLink(window)} isFrameless={isFrameless} />
  </StrictMode>,
)
