import { useState } from 'react'
import type { PastTime } from '../../contracts/library-for-chrome.ts'

const reaches: readonly (readonly [PastTime, string])[] = [
  ['hour', 'the last hour'],
  ['day', 'the last day'],
  ['week', 'the last week'],
  ['all', 'all time'],
]

/** Chooses how much of the past is to be forgotten. Asked once more before everything goes. */
export function ForgetTime({ onForget }: { onForget(past: PastTime): void }) {
  const [past, setPast] = useState<PastTime>('hour')
  const [isSure, setIsSure] = useState(false)
  return (
    <div className="nx-days__forget">
      <label>
        Forget the visits, readings and looks of{' '}
        <select
          className="nx-input"
          value={past}
          onChange={event => {
            setIsSure(false)
            setPast(reaches.find(([one]) => one === event.currentTarget.value)?.[0] ?? 'hour')
          }}
        >
          {reaches.map(([value, words]) => (
            <option value={value} key={value}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="nx-btn nx-btn--danger"
        onClick={() => {
          if (past === 'all' && !isSure) {
            setIsSure(true)
            return
          }
          setIsSure(false)
          onForget(past)
        }}
      >
        {past === 'all' && isSure ? 'Really forget everything' : 'Forget'}
      </button>
    </div>
  )
}
