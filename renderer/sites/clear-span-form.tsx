import { useState } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { ClearSpan, SiteDataKind } from '../../contracts/sites.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { clearedWords, dataKinds, kindWords, spanWords } from './data-words.ts'

const spans: readonly ClearSpan[] = ['hour', 'day', 'week', 'all']

/** Clears over all sites what is younger than a span of time, as far as anybody knows how old it is. */
export function ClearSpanForm(props: { link: BrowserLink; onDone(words: string): void }) {
  const [span, setSpan] = useState<ClearSpan>('hour')
  const [kinds, setKinds] = useState<readonly SiteDataKind[]>(['history'])
  const [isBusy, setIsBusy] = useState(false)
  const clear = () => {
    setIsBusy(true)
    props.link
      .area('sites')
      .clearSpan({ span, kinds: [...kinds] })
      .then(
        ({ cleared, left }) => props.onDone(clearedWords(cleared, left)),
        (error: unknown) =>
          props.onDone(`Not everything was cleared. ${error instanceof Error ? error.message : ''}`),
      )
      .finally(() => setIsBusy(false))
  }
  return (
    <section className="nx-sites__clear" aria-label="Clear over all sites">
      <h2>Clear over all sites</h2>
      <RadioGroup
        aria-label="How far back"
        value={span}
        onChange={value => {
          const wanted = spans.find(one => one === value)
          if (wanted !== undefined) setSpan(wanted)
        }}
      >
        <div className="nx-seg nx-seg--fit">
          {spans.map(one => (
            <Radio className="nx-seg__item" value={one} key={one}>
              {spanWords(one)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <fieldset className="nx-sites__kinds">
        <legend className="fs12 t2">What</legend>
        {dataKinds.map(kind => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={event =>
                setKinds(
                  event.currentTarget.checked ? [...kinds, kind] : kinds.filter(other => other !== kind),
                )
              }
            />
            {kindWords(kind)}
          </label>
        ))}
      </fieldset>
      {span !== 'all' && (
        <p className="fs12 t3">
          Only history and choices know how old they are. Of what pages keep, the engine does not say; it is
          cleared over all time only.
        </p>
      )}
      <button
        type="button"
        className="nx-btn nx-btn--danger"
        disabled={isBusy || kinds.length === 0}
        onClick={clear}
      >
        Clear
      </button>
    </section>
  )
}
