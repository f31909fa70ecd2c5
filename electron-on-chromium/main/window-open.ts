import type { HandlerDetails } from 'electron'
import type { AttachedTarget } from '../chromium/browser.ts'
import type { Protocol } from '../chromium/devtools.ts'
import { fromEngineUrl } from '../session/scheme-mapping.ts'
import { engine } from './engine.ts'
import { resume } from './page-targets.ts'
import type { WebContents } from './web-contents.ts'
import { webContentsRegistry } from './web-contents-registry.ts'

/** Decides what becomes of a page that a page opened. */
export function routePopup(target: AttachedTarget): void {
  const opener = openerOf(target)
  if (opener) opener.opened(target)
  else denyPopup(target)
}

function openerOf({ info }: AttachedTarget): WebContents | undefined {
  const told = info.openerId ? webContentsRegistry.fromTarget(info.openerId) : undefined
  if (told) return told
  // Opened without telling the opener: whoever announced an opening last and got no page for it.
  const candidates = webContentsRegistry.all().filter(each => each.announcedOpenings.length > 0)
  return candidates.at(-1)
}

/**
 * Makes a page that the application does not want go away without it having reached the network. It must run
 * before it is closed, or its opener hangs; so everything it asks for is failed until then.
 */
export function denyPopup({ session, info }: AttachedTarget): void {
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }).catch(() => {})
  })
  session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }).catch(() => {})
  resume(session)
  const { root } = engine()
  session
    .send('Page.enable')
    .catch(() => {})
    .then(() => root.send('Target.closeTarget', { targetId: info.targetId }))
    .catch(() => {})
}

/** What `setWindowOpenHandler`'s handler is told. */
export function handlerDetails(
  opening: Protocol.Page.WindowOpenEvent | undefined,
  target: AttachedTarget,
  openerUrl: string,
): HandlerDetails {
  const features = askedFeatures(opening?.windowFeatures ?? [])
  const isPopup = features.some(feature => /^(popup|width|height|left|top)\b/.test(feature))
  return {
    url: fromEngineUrl(opening?.url || target.info.url || 'about:blank'),
    frameName: opening?.windowName ?? '',
    features: features.join(','),
    disposition: opening ? (isPopup ? 'new-window' : 'foreground-tab') : 'background-tab',
    referrer: { url: openerUrl, policy: 'strict-origin-when-cross-origin' },
  }
}

/** Chromium adds the parts of a browser window that a page did not ask for. */
const impliedFeatures = new Set(['menubar', 'toolbar', 'status', 'scrollbars', 'resizable'])

function askedFeatures(features: readonly string[]): string[] {
  return features.filter(feature => !impliedFeatures.has(feature))
}

/** Window options out of the features that a page gave to `window.open`. */
export function optionsFromFeatures(features: string): Record<string, number> {
  const options: Record<string, number> = {}
  const names: Readonly<Record<string, string>> = {
    width: 'width',
    innerWidth: 'width',
    height: 'height',
    innerHeight: 'height',
    left: 'x',
    screenX: 'x',
    top: 'y',
    screenY: 'y',
  }
  for (const feature of features.split(',')) {
    const [name = '', value = ''] = feature.split('=')
    const option = names[name.trim()]
    const number = Number.parseInt(value, 10)
    if (option && Number.isFinite(number)) options[option] = number
  }
  return options
}
