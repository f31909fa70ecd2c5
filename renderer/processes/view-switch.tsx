import { ListTree, Waypoints } from 'lucide-react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { MessageAlert } from '../../contracts/messages.ts'
import { AlertMark } from './messages/alert-mark.tsx'

export type DockView = 'tree' | 'messages'

/** The tree of processes, or the messages between them. Alerts show here from either. */
export function ViewSwitch(props: {
  view: DockView
  alerts: readonly MessageAlert[]
  onChange(view: DockView): void
}) {
  return (
    <RadioGroup
      className="nx-seg nx-seg--s"
      aria-label="View"
      orientation="horizontal"
      value={props.view}
      onChange={value => {
        if (value === 'tree' || value === 'messages') props.onChange(value)
      }}
    >
      <Radio className="nx-seg__item" value="tree">
        <ListTree className="i i-s" />
        Tree
      </Radio>
      <Radio className="nx-seg__item" value="messages">
        <Waypoints className="i i-s" />
        Messages
        <AlertMark alerts={props.alerts} />
      </Radio>
    </RadioGroup>
  )
}
