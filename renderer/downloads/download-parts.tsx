import { Archive, File, FileText, Film, Image, type LucideIcon, Music } from 'lucide-react'
import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'
import { progressText, shareOf } from './download-words.ts'

/** What a file is, in one picture; by its type, or its name where the type says nothing. */
export function FileIcon(props: { entry: DownloadEntry; className: string }) {
  const Icon = iconOf(props.entry)
  return <Icon className={props.className} aria-hidden="true" />
}

function iconOf({ mimeType, name }: DownloadEntry): LucideIcon {
  if (mimeType.startsWith('image/') || /\.(png|jpe?g|gif|webp|tiff?|svg)$/i.test(name)) return Image
  if (mimeType.startsWith('audio/') || /\.(mp3|ogg|opus|flac|wav|m4a)$/i.test(name)) return Music
  if (mimeType.startsWith('video/') || /\.(mp4|webm|mkv|mov)$/i.test(name)) return Film
  if (/\.(zip|t?gz|tar|xz|zst|bz2|7z|rar)$/i.test(name)) return Archive
  if (mimeType.startsWith('text/') || /\.(pdf|txt|md|docx?|od[tsp]|rtf)$/i.test(name)) return FileText
  return File
}

/** How much of a download is there; nothing where that is not known. */
export function DownloadGauge({ entry }: { entry: DownloadEntry }) {
  const share = shareOf(entry)
  if (share === null) return null
  const percent = Math.round(share * 100)
  const level = entry.state.kind === 'failed' ? 'over' : entry.state.kind === 'paused' ? 'off' : 'normal'
  return (
    <span
      className="nx-gauge"
      data-level={level}
      role="progressbar"
      aria-label={entry.name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={progressText(entry.received, entry.size)}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  )
}
