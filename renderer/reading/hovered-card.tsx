import type { HoveredLink } from '../../contracts/reading-for-chrome.ts'

/** Where a link leads and what the page there says of itself, in the line under the page: nothing of ours may cover it. */
export function HoveredCard({ hovered }: { hovered: HoveredLink }) {
  const { preview, url } = hovered
  const about = preview === null ? [] : [preview.title, preview.description].filter(Boolean)
  return (
    <span className="nx-hovered ell">
      {about.length > 0 && <span className="nx-hovered__about">{about.join(' · ')}</span>}
      <span className="nx-hovered__url">{url}</span>
    </span>
  )
}
