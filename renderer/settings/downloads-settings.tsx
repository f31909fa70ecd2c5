import { useState } from 'react'
import type { BrowserLink } from '../system/browser-link.ts'

/** Where files from the web go. */
export function DownloadsSettings(props: {
  /** Null for the system's folder. */
  folder: string | null
  link: BrowserLink
  onReset(): void
}) {
  const [problem, setProblem] = useState('')
  const choose = () => {
    props.link
      .area('downloads')
      .chooseFolder({})
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : 'That did not work.'))
  }
  return (
    <div className="nx-setting nx-setting--stacked">
      <div>
        <div className="med">Downloads go to</div>
        <p className="nx-dl__address">{props.folder ?? "The system's folder for downloads"}</p>
        {problem !== '' && <p className="nx-setting__error">{problem}</p>}
      </div>
      <div className="row">
        <button type="button" className="nx-btn nx-btn--s" onClick={choose}>
          Choose another folder
        </button>
        {props.folder !== null && (
          <button type="button" className="nx-btn nx-btn--quiet nx-btn--s" onClick={props.onReset}>
            As the system has it
          </button>
        )}
      </div>
    </div>
  )
}
