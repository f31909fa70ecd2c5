import type { PageAnalysis } from '../../../contracts/page-analysis.ts'
import { topicName } from '../../../contracts/topic-names.ts'
import { Section } from './section.tsx'

/** What the page is about, with how sure that is. */
export function TopicSection(props: { topic: PageAnalysis['topic']; milliseconds: number | null }) {
  return (
    <Section title="Topic" milliseconds={props.milliseconds}>
      <Topics topic={props.topic} />
    </Section>
  )
}

function Topics({ topic }: { topic: PageAnalysis['topic'] }) {
  switch (topic.kind) {
    case 'known':
      return (
        <ul>
          {topic.topics.map(({ label, confidence }) => (
            <li className="nx-topic" key={label}>
              <span className="ell">{topicName(label)}</span>
              <span className="nx-gauge nx-gauge--plain">
                <i style={{ width: `${Math.round(confidence * 100)}%` }} />
              </span>
              <span className="num t2 nx-topic__share">{Math.round(confidence * 100)} %</span>
            </li>
          ))}
        </ul>
      )
    case 'none':
      return <p className="t2 fs12">None of the topics that Nexus knows.</p>
    case 'unavailable':
      return (
        <p className="t2 fs12" title={topic.code}>
          Not available. {topic.message}
        </p>
      )
  }
}
