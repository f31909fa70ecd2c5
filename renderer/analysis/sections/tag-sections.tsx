import { Building2, MapPin, User } from 'lucide-react'
import type { PageAnalysis } from '../../../contracts/page-analysis.ts'
import { Section } from './section.tsx'

export function KeywordSection(props: { keywords: PageAnalysis['keywords']; milliseconds: number | null }) {
  return (
    <Section title="Keywords" milliseconds={props.milliseconds}>
      {props.keywords.length === 0 ? (
        <p className="t2 fs12">No phrase stands out on this page.</p>
      ) : (
        <ul className="nx-tags">
          {props.keywords.map(({ phrase, count }) => (
            <li className="nx-tag" key={phrase}>
              {phrase}
              <Count count={count} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Not shown at all where no name was found: most languages' names are not looked for. */
export function NameSection(props: { entities: PageAnalysis['entities']; milliseconds: number | null }) {
  if (props.entities.length === 0) return null
  return (
    <Section title="Names" milliseconds={props.milliseconds}>
      <ul className="nx-tags">
        {props.entities.map(({ name, kind, count }) => (
          <li className="nx-tag" key={`${kind} ${name}`} title={kindWords[kind]}>
            <KindIcon kind={kind} />
            {name}
            <Count count={count} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

type EntityKind = PageAnalysis['entities'][number]['kind']

const kindWords: Readonly<Record<EntityKind, string>> = {
  person: 'A person',
  place: 'A place',
  organisation: 'An organisation',
}

function KindIcon({ kind }: { kind: EntityKind }) {
  switch (kind) {
    case 'person':
      return <User className="i i-s" aria-label={kindWords.person} />
    case 'place':
      return <MapPin className="i i-s" aria-label={kindWords.place} />
    case 'organisation':
      return <Building2 className="i i-s" aria-label={kindWords.organisation} />
  }
}

function Count({ count }: { count: number }) {
  return (
    <span className="num" title={count === 1 ? 'Occurs once' : `Occurs ${count} times`}>
      {count}
    </span>
  )
}
