import '@fontsource-variable/inter/wght.css'
import './styles/index.css'
import { introductionFromPreload, startRendererEndpoint } from '../ipc/entry/renderer.ts'
import { element } from './page/elements.ts'
import { serveCompositor } from './page/serve-compositor.ts'

const host = element('div', { class: 'stage' })
document.body.append(host)
// A page that main does not welcome is ended by main.
startRendererEndpoint(
  introductionFromPreload(window),
  endpoint => void serveCompositor(endpoint, host),
).catch(() => {})
