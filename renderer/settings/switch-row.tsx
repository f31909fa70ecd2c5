import { Switch } from 'react-aria-components'

/** One thing that is on or off: its name, what it does, and the switch. */
export function SwitchRow(props: {
  name: string
  effect: string
  isOn: boolean
  isDisabled?: boolean
  onChange(isOn: boolean): void
}) {
  return (
    <div className="nx-setting">
      <div className="grow">
        <div className="med">{props.name}</div>
        <p>{props.effect}</p>
      </div>
      <Switch
        className="nx-switch"
        aria-label={props.name}
        isSelected={props.isOn}
        isDisabled={props.isDisabled ?? false}
        onChange={props.onChange}
      >
        <span className="nx-switch__track" />
      </Switch>
    </div>
  )
}
