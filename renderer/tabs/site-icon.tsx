import { siteHue, siteLetter } from '../../contracts/site-mark.ts'

/** The icon of a site: its own where the controller has one, else a letter on a colour of its own. */
export function SiteIcon(props: { site: string; iconDataUrl?: string | null; isLarge?: boolean }) {
  if (props.iconDataUrl) return <img src={props.iconDataUrl} alt="" width={16} height={16} />
  return (
    <span
      className={props.isLarge ? 'nx-fav nx-fav--l' : 'nx-fav'}
      data-hue={siteHue(props.site)}
      data-letter={siteLetter(props.site)}
      aria-hidden="true"
    />
  )
}
