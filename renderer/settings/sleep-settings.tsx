import type { Settings } from '../../contracts/storage.ts'
import { SwitchRow } from './switch-row.tsx'

const choices = [
  { minutes: 15, words: '15 minutes' },
  { minutes: 30, words: '30 minutes' },
  { minutes: 60, words: 'An hour' },
  { minutes: 120, words: '2 hours' },
  { minutes: 360, words: '6 hours' },
  { minutes: 1_440, words: 'A day' },
] as const

/** What becomes of tabs that nobody looks at. */
export function SleepSettings(props: {
  settings: Pick<Settings, 'sleepsTabs' | 'sleepAfterMinutes'>
  onSave(change: Partial<Settings>): void
}) {
  const { settings, onSave } = props
  const { sleepAfterMinutes: minutes } = settings
  const isListed = choices.some(choice => choice.minutes === minutes)
  return (
    <>
      <SwitchRow
        name="Let tabs sleep"
        effect="Tabs that you have left stand still after some minutes, and later give their memory back; they return as you left them. Those that play, send, hold what you wrote, or are pinned go on."
        isOn={settings.sleepsTabs}
        onChange={sleepsTabs => onSave({ sleepsTabs })}
      />
      {settings.sleepsTabs && (
        <div className="nx-setting">
          <div className="grow">
            <div className="med">Tabs sleep after</div>
            <p>Sooner on the battery, and where memory is short.</p>
          </div>
          <select
            className="nx-select"
            aria-label="Tabs sleep after"
            value={minutes}
            onChange={event => onSave({ sleepAfterMinutes: Number(event.target.value) })}
          >
            {!isListed && <option value={minutes}>{minutes} minutes</option>}
            {choices.map(choice => (
              <option value={choice.minutes} key={choice.minutes}>
                {choice.words}
              </option>
            ))}
          </select>
        </div>
      )}
    </>
  )
}
