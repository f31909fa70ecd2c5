import type { MediaTab } from '../../contracts/media-for-chrome.ts'

/** How a tab sounds, for the mark in the strip. */
export type TabSound = 'silent' | 'audible' | 'muted'

export function soundOf(media: MediaTab | undefined): TabSound {
  if (media === undefined) return 'silent'
  if (media.isTabMuted || media.isSiteMuted) return media.isPlaying || media.isTabMuted ? 'muted' : 'silent'
  return media.isAudible ? 'audible' : 'silent'
}

/** What it is called: the page's word for it, or else the page's own title. */
export function mediaTitle(media: MediaTab, tabTitle: string): string {
  if (media.title !== '') return media.title
  return tabTitle === '' ? (media.site ?? 'Untitled') : tabTitle
}

/** Who made it, or where it is. */
export function mediaByline(media: MediaTab): string {
  return [media.artist, media.album].filter(Boolean).join(' · ') || (media.site ?? '')
}

/** "1:02", "1:01:02". */
export function timeText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, place) => (place === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':')
}
