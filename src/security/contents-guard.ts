import type { App, WebContents } from 'electron'
import { mayNavigate } from './navigation-policy.ts'

/**
 * Holds for every web contents that the application ever makes, whoever made it: no webviews, no navigation out of the
 * web, no way around a certificate error. Pages of our own never navigate at all.
 */
export function guardAllContents(app: App, isOwn: (contents: WebContents) => boolean): void {
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
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault()
    answer(false)
  })
}
