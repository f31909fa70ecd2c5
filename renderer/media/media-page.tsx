import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function MediaPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Media" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
