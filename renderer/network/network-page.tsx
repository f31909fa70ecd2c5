import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function NetworkPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Network" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
