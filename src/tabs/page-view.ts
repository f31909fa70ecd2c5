import { type Session, WebContentsView } from 'electron'
import { plateRadius } from '../windows/plate.ts'

export interface PageViewOptions {
  /** Ready for pages. */
  readonly session: Session
  readonly preload: string
}

/** A view for pages of the web: a sandboxed renderer that is given nothing of ours. It has loaded nothing yet. */
export function makePageView({ session, preload }: PageViewOptions): WebContentsView {
  const view = new WebContentsView({
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      autoplayPolicy: 'document-user-activation-required',
    },
  })
  // WebRTC speaks UDP to whomever a page names; what the proxy cannot carry is not sent.
  view.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  view.setVisible(false)
  view.setBackgroundColor('#ffffff')
  view.setBorderRadius(plateRadius)
  return view
}
