import { Switch } from 'react-aria-components'

/** Whether links are looked at before they are followed. */
export function ReadingSettings(props: { isOn: boolean; onChange(isOn: boolean): void }) {
  return (
    <div className="nx-setting">
      <div className="grow">
        <div className="med">Look behind links</div>
        <p>
          Resting on a link shows what the page behind it says of itself. Only within a site, without cookies,
          and never on private tabs.
        </p>
      </div>
      <Switch
        className="nx-switch"
        aria-label="Look behind links"
        isSelected={props.isOn}
        onChange={props.onChange}
      >
        <span className="nx-switch__track" />
      </Switch>
    </div>
  )
}
