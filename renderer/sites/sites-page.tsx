import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function SitesPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Sites" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
