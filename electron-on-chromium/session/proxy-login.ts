import { setTimeout as delay } from 'node:timers/promises'
import type { DevToolsSession } from '../chromium/devtools.ts'
import type { SessionHost } from './host.ts'
import { askForLogin, authInfoOf, authResponseOf } from './login.ts'

/** No host has this name; a proxy that does not know who asks does not even look. */
export const probeUrl = 'http://proxy-login.invalid/'
/** Chromium hands a new proxy to its network process a moment after it has taken it. */
const mostProbes = 40
const probeEveryMs = 25

/**
 * Lets a proxy ask for its credentials at once. Chromium then keeps them for the whole session and sends them unasked;
 * asking when the first page meets the proxy would take holding every request of every page. Resolves when the proxy is
 * in force. `page` is one of Chromium's own; it is gone afterwards.
 */
export async function logInToProxy(page: DevToolsSession, host: SessionHost): Promise<void> {
  const asking = page.on('Fetch.authRequired', ({ requestId, request, authChallenge }) => {
    askForLogin(host, null, request.url, authInfoOf(authChallenge))
      .then(credentials =>
        page.send('Fetch.continueWithAuth', {
          requestId,
          authChallengeResponse: authResponseOf(credentials),
        }),
      )
      .catch(() => {})
  })
  const passing = page.on('Fetch.requestPaused', ({ requestId, request }) => {
    // What belongs to Chromium's own page is not asked of the proxy.
    const answered =
      request.url === probeUrl
        ? page.send('Fetch.continueRequest', { requestId })
        : page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    answered.catch(() => {})
  })
  try {
    await page.send('Fetch.enable', { patterns: [{ urlPattern: 'http*' }], handleAuthRequests: true })
    for (let probes = 0; probes < mostProbes; probes++) {
      const { errorText } = await page.send('Page.navigate', { url: probeUrl })
      if (errorText !== 'net::ERR_NAME_NOT_RESOLVED') return
      await delay(probeEveryMs)
    }
  } finally {
    asking[Symbol.dispose]()
    passing[Symbol.dispose]()
  }
}
