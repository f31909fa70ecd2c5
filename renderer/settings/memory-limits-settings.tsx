import { RotateCcw, X } from 'lucide-react'
import { useId, useState } from 'react'
import { defaultSettings, type MemoryLimits, type Settings } from '../../contracts/storage.ts'
import { limitProblem } from './limit-problem.ts'

/** What is limited, in the words of the process panel. */
const kinds: readonly { readonly kind: keyof MemoryLimits; readonly name: string }[] = [
  { kind: 'tab', name: 'Pages, each site' },
  { kind: 'gpu', name: 'Graphics' },
  { kind: 'ai', name: 'Reader model' },
  { kind: 'controller', name: 'Nexus core' },
  { kind: 'other', name: 'Other services, each' },
]

/** How much memory processes may hold, by kind, and for which sites that is different. */
export function MemoryLimitsSettings(props: {
  settings: Pick<Settings, 'memoryLimitsMegabytes' | 'siteMemoryLimits'>
  onSave(change: Partial<Settings>): void
}) {
  const { memoryLimitsMegabytes, siteMemoryLimits } = props.settings
  const noteId = useId()
  return (
    <>
      <fieldset className="nx-setting nx-setting--stacked nx-limits" aria-describedby={noteId}>
        <legend className="med">Memory limits</legend>
        <p id={noteId}>
          At 90 % of its limit a process is asked to free memory. One that stays over it is ended, and you are
          told. Nexus core is never ended.
        </p>
        {kinds.map(({ kind, name }) => (
          <LimitField
            key={`${kind}:${memoryLimitsMegabytes[kind]}`}
            name={name}
            megabytes={memoryLimitsMegabytes[kind]}
            installed={defaultSettings.memoryLimitsMegabytes[kind]}
            onSave={megabytes =>
              props.onSave({ memoryLimitsMegabytes: { ...memoryLimitsMegabytes, [kind]: megabytes } })
            }
          />
        ))}
      </fieldset>
      {siteMemoryLimits.length > 0 && (
        <div className="nx-setting nx-setting--stacked">
          <div>
            <div className="med">Sites with a limit of their own</div>
            <p>You let them hold more when they were ended.</p>
          </div>
          <ul className="nx-tags" aria-label="Sites with a memory limit of their own">
            {siteMemoryLimits.map(({ site, megabytes }) => (
              <li className="nx-tag" key={site}>
                {site} <span className="t3 num">{megabytes.toLocaleString('en')} MB</span>
                <button
                  type="button"
                  className="nx-ib nx-ib--s"
                  aria-label={`Limit ${site} like others`}
                  title="Limit it like others"
                  onClick={() =>
                    props.onSave({ siteMemoryLimits: siteMemoryLimits.filter(one => one.site !== site) })
                  }
                >
                  <X className="i i-s" />
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

/** One limit: typed, checked, saved when it is left; the way back stands beside it while it is not as installed. */
function LimitField(props: {
  name: string
  megabytes: number
  installed: number
  onSave(megabytes: number): void
}) {
  const [text, setText] = useState(String(props.megabytes))
  const problem = limitProblem(text)
  const fieldId = useId()
  const noteId = useId()
  const isInstalled = props.megabytes === props.installed
  const save = () => {
    if (problem === null && Number(text) !== props.megabytes) props.onSave(Number(text))
  }
  return (
    <div className="nx-limit">
      <div className="nx-limit__row">
        <label className="grow" htmlFor={fieldId}>
          {props.name}
        </label>
        {!isInstalled && (
          <button
            type="button"
            className="nx-ib nx-ib--s"
            aria-label={`${props.name}: back to ${props.installed} MB`}
            title={`Back to ${props.installed.toLocaleString('en')} MB`}
            onClick={() => props.onSave(props.installed)}
          >
            <RotateCcw className="i i-s" />
          </button>
        )}
        <div className="nx-field nx-limit__field" data-invalid={problem !== null || undefined}>
          <input
            id={fieldId}
            inputMode="numeric"
            aria-describedby={noteId}
            aria-invalid={problem !== null}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            onBlur={save}
            onKeyDown={event => {
              if (event.key === 'Enter') save()
            }}
          />
          <span className="t3">MB</span>
        </div>
      </div>
      <p id={noteId} className={problem === null ? undefined : 'nx-setting__error'}>
        {problem ?? (isInstalled ? '' : `As installed: ${props.installed.toLocaleString('en')} MB.`)}
      </p>
    </div>
  )
}
