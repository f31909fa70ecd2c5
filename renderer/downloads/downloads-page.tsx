import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function DownloadsPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Downloads" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
