import { OctagonAlert, TriangleAlert } from 'lucide-react'
import type { MessageAlert } from '../../../contracts/messages.ts'
import { alertCountWords } from './alert-words.ts'
import { gravestLevel } from './health.ts'

/** How many alerts something has: a triangle for warnings, an octagon where one is critical, nothing for none. */
export function AlertMark({ alerts }: { alerts: readonly MessageAlert[] }) {
  const level = gravestLevel(alerts)
  if (level === null) return null
  const words = alertCountWords(alerts)
  return (
    <span className="nx-alertmark" data-level={level} title={words}>
      <AlertGlyph level={level} />
      <span aria-hidden="true">{alerts.length}</span>
      <span className="sr">{words}</span>
    </span>
  )
}

export function AlertGlyph({ level }: { level: MessageAlert['level'] }) {
  switch (level) {
    case 'warning':
      return <TriangleAlert className="i i-s" />
    case 'critical':
      return <OctagonAlert className="i i-s" />
  }
}
