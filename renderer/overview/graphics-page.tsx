import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'

export function GraphicsPage(props: CoverPageProps) {
  return (
    <CoverFrame title="Graphics" onClose={props.onClose}>
      <p>Nothing yet.</p>
    </CoverFrame>
  )
}
