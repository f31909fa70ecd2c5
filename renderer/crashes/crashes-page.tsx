import { Download } from 'lucide-react'
import { useState } from 'react'
import { DeleteQuestion } from '../questions/delete-question.tsx'
import { CoverFrame, type CoverPageProps } from '../shell/cover-frame.tsx'
import { CrashRow } from './crash-row.tsx'
import { useCrashes } from './use-crashes.ts'

/** What ended as it should not have. Kept here, sent nowhere. */
export function CrashesPage(props: CoverPageProps) {
  const { crashes, failure } = useCrashes(props.link)
  const [isAsking, setIsAsking] = useState(false)
  const [said, setSaid] = useState('')
  const [problem, setProblem] = useState('')
  const area = props.link.area('crashes')
  const isFull = crashes !== null && crashes.length > 0
  const write = (): void => {
    setProblem('')
    area.exportAll({}).then(
      ({ file }) => setSaid(`Written to ${file}`),
      (error: unknown) => setProblem(error instanceof Error ? error.message : 'It could not be written.'),
    )
  }
  const clear = async (): Promise<void> => {
    const { cleared } = await area.clear({})
    setIsAsking(false)
    setSaid(`${cleared} ${cleared === 1 ? 'record is' : 'records are'} gone.`)
  }
  const now = new Date()
  return (
    <CoverFrame
      title="Crashes"
      onClose={props.onClose}
      tools={
        isFull && (
          <>
            <button type="button" className="nx-btn" onClick={write}>
              <Download className="i i-s" />
              Export as JSON
            </button>
            <button
              type="button"
              className="nx-btn nx-btn--quiet"
              aria-expanded={isAsking}
              onClick={() => setIsAsking(true)}
            >
              Clear all…
            </button>
          </>
        )
      }
    >
      <div className="nx-crashes">
        <p className="t2">
          Processes that ended as they should not have. The records stay on this computer:{' '}
          <b className="med">nothing is sent anywhere.</b> They hold no addresses, no titles and nothing of
          what pages say; of private tabs not even the site.
        </p>
        {isAsking && (
          <DeleteQuestion
            title="Clear all records?"
            text="This cannot be taken back. Export them first if somebody is to look at them."
            keepLabel="Keep them"
            failureBegins="Nothing was cleared."
            answers={[{ label: 'Clear all', onChoose: clear }]}
            onKeep={() => setIsAsking(false)}
          />
        )}
        <p className="nx-crashes__said" role="status">
          {said}
        </p>
        {(problem !== '' || failure !== null) && (
          <p className="nx-crashes__problem" role="alert">
            {problem || `The records cannot be read now. ${failure}`}
          </p>
        )}
        {crashes !== null && !isFull && <p>Nothing has crashed that is remembered.</p>}
        {isFull && (
          <ul className="nx-crashes__list" aria-label="Crashes, the latest first">
            {crashes.map(crash => (
              <CrashRow key={crash.id} crash={crash} now={now} />
            ))}
          </ul>
        )}
      </div>
    </CoverFrame>
  )
}
