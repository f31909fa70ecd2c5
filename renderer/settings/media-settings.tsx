import type { Settings } from '../../contracts/storage.ts'
import { SwitchRow } from './switch-row.tsx'

/** What may play by itself, how loud, and how pictures are drawn. */
export function MediaSettings(props: {
  settings: Pick<Settings, 'autoplay' | 'levelsLoudness' | 'softwareGraphics'>
  onSave(change: Partial<Settings>): void
}) {
  const { settings, onSave } = props
  return (
    <>
      <div className="nx-setting">
        <div className="grow">
          <div className="med">Media may begin by itself</div>
          <p>On sites for which nothing else was chosen on the page Media.</p>
        </div>
        <select
          className="nx-select"
          aria-label="Media may begin by itself"
          value={settings.autoplay}
          onChange={event => {
            const { value } = event.target
            if (value === 'always' || value === 'silent' || value === 'never') onSave({ autoplay: value })
          }}
        >
          <option value="always">With sound</option>
          <option value="silent">Only silently</option>
          <option value="never">Never</option>
        </select>
      </div>
      <SwitchRow
        name="Bring tabs to one loudness"
        effect="Loud tabs are made quieter. Pages can see that their volume was changed."
        isOn={settings.levelsLoudness}
        onChange={levelsLoudness => onSave({ levelsLoudness })}
      />
      <SwitchRow
        name="Draw without the graphics processor"
        effect="For all tabs and the map, where pictures flicker or the graphics helper stops."
        isOn={settings.softwareGraphics}
        onChange={softwareGraphics => onSave({ softwareGraphics })}
      />
    </>
  )
}
