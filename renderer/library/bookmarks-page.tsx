import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function BookmarksPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Bookmarks" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
