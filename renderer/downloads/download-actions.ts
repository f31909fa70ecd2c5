import type { BrowserLink } from '../system/browser-link.ts'
import type { Attempt } from '../system/use-browser.ts'

/** What can be done with a download, and how that is named where it fails. */
const words = {
  pause: 'pause the download',
  resume: 'go on with the download',
  cancel: 'cancel the download',
  remove: 'remove the download',
  keep: 'keep the file',
  open: 'open the file',
  showInFolder: 'show the file',
  copyAddress: 'copy the address',
} as const

export type DownloadActions = Readonly<Record<keyof typeof words, (id: string) => void>>

export function downloadActions(link: BrowserLink, attempt: Attempt): DownloadActions {
  const act = (name: keyof typeof words) => (id: string) =>
    attempt(words[name], () => link.area('downloads')[name]({ id }))
  return {
    pause: act('pause'),
    resume: act('resume'),
    cancel: act('cancel'),
    remove: act('remove'),
    keep: act('keep'),
    open: act('open'),
    showInFolder: act('showInFolder'),
    copyAddress: act('copyAddress'),
  }
}
