import { ListTree, TableProperties, Waypoints } from 'lucide-react'
import { memo } from 'react'
import { Radio, RadioGroup } from 'react-aria-components'
import type { MessageAlert } from '../../contracts/messages.ts'
import { AlertMark } from './messages/alert-mark.tsx'

export type DockView = 'tree' | 'flat' | 'messages'

/** The processes as a tree, all side by side, or the messages between them. Alerts show here from any. */
export const ViewSwitch = memo(function ViewSwitch(props: {
  view: DockView
  alerts: readonly MessageAlert[]
  isSmall: boolean
  onChange(view: DockView): void
}) {
  return (
    <RadioGroup
      className={props.isSmall ? 'nx-seg nx-seg--s' : 'nx-seg'}
      aria-label="View"
      orientation="horizontal"
      value={props.view}
      onChange={value => {
        if (value === 'tree' || value === 'flat' || value === 'messages') props.onChange(value)
      }}
    >
      <Radio className="nx-seg__item" value="tree">
        <ListTree className="i i-s" />
        Tree
      </Radio>
      <Radio className="nx-seg__item" value="flat">
        <TableProperties className="i i-s" />
        Flat
      </Radio>
      <Radio className="nx-seg__item" value="messages">
        <Waypoints className="i i-s" />
        Messages
        <AlertMark alerts={props.alerts} />
      </Radio>
    </RadioGroup>
  )
})
