import { useEffect, useState } from 'react'
import type { RelatedPage } from '../../../contracts/memory.ts'
import type { MemoryLink } from '../../history/memory-link.ts'
import { RelatedList } from '../../history/related-list.tsx'
import { Section } from './section.tsx'

export interface RelatedSectionProps {
  readonly url: string
  readonly memory: MemoryLink
  onOpen(url: string): void
}

const mostShown = 4

/** What was read before about the same. Not shown where there is nothing, or where storage does not say. */
export function RelatedSection({ url, memory, onOpen }: RelatedSectionProps) {
  const [pages, setPages] = useState<readonly RelatedPage[]>([])
  useEffect(() => {
    let isWanted = true
    setPages([])
    memory.related(url).then(
      found => {
        if (isWanted) setPages(found.slice(0, mostShown))
      },
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [memory, url])
  if (pages.length === 0) return null
  return (
    <Section title="Related in your history" milliseconds={null}>
      <RelatedList label="Related in your history" pages={pages} onOpen={onOpen} />
    </Section>
  )
}
