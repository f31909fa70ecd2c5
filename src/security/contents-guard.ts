import type { App, Certificate, WebContents } from 'electron'
import { mayNavigate } from './navigation-policy.ts'

/** Whether a certificate that the engine refused may pass. `contents` is null for a request of no page. */
export type CertificateJudge = (
  contents: WebContents | null,
  request: { readonly url: string; readonly error: string; readonly isMainFrame: boolean },
  certificate: Certificate,
) => boolean

/**
 * Holds for every web contents that the application ever makes, whoever made it: no webviews, no navigation out of the
 * web, no way around a certificate error but the one that a person was asked about. Pages of our own never navigate at all.
 */
export function guardAllContents(
  app: App,
  isOwn: (contents: WebContents) => boolean,
  judgeCertificate: CertificateJudge,
): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-attach-webview', event => event.preventDefault())
    contents.on('will-navigate', event => {
      if (isOwn(contents) || !mayNavigate(event.url, true)) event.preventDefault()
    })
    contents.on('will-frame-navigate', event => {
      if (isOwn(contents) || !mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
    })
    contents.on('will-redirect', event => {
      if (isOwn(contents) || !mayNavigate(event.url, event.isMainFrame)) event.preventDefault()
    })
  })
  app.on('certificate-error', (event, contents, url, error, certificate, answer, isMainFrame) => {
    event.preventDefault()
    answer(judgeCertificate(contents, { url, error, isMainFrame }, certificate))
  })
}
