import { CrashesPage } from '../crashes/crashes-page.tsx'
import { DownloadsPage } from '../downloads/downloads-page.tsx'
import { BookmarksPage } from '../library/bookmarks-page.tsx'
import { MediaPage } from '../media/media-page.tsx'
import { NetworkPage } from '../network/network-page.tsx'
import { GraphicsPage } from '../overview/graphics-page.tsx'
import { ProcessesPage } from '../processes/processes-page.tsx'
import { ReaderPage } from '../reading/reader-page.tsx'
import { SitesPage } from '../sites/sites-page.tsx'
import type { CoverPageProps } from './cover-frame.tsx'

/** The pages of our own that lie over the page area, besides the history. */
export type CoverKind =
  | 'downloads'
  | 'bookmarks'
  | 'network'
  | 'sites'
  | 'graphics'
  | 'media'
  | 'reader'
  | 'crashes'
  | 'processes'

/** `nexus://downloads` and the like, as a person may type them. */
export function coverOfAddress(input: string): CoverKind | 'history' | null {
  const name = /^nexus:\/\/([a-z]+)\/?$/i.exec(input.trim())?.[1]?.toLowerCase()
  switch (name) {
    case 'downloads':
    case 'bookmarks':
    case 'network':
    case 'sites':
    case 'graphics':
    case 'media':
    case 'reader':
    case 'crashes':
    case 'processes':
    case 'history':
      return name
    case 'gpu':
      return 'graphics'
    default:
      return null
  }
}

export function Cover({ kind, ...props }: CoverPageProps & { kind: CoverKind }) {
  switch (kind) {
    case 'downloads':
      return <DownloadsPage {...props} />
    case 'bookmarks':
      return <BookmarksPage {...props} />
    case 'network':
      return <NetworkPage {...props} />
    case 'sites':
      return <SitesPage {...props} />
    case 'graphics':
      return <GraphicsPage {...props} />
    case 'reader':
      return <ReaderPage {...props} />
    case 'media':
      return <MediaPage {...props} />
    case 'processes':
      return <ProcessesPage {...props} />
    case 'crashes':
      return <CrashesPage {...props} />
  }
}
