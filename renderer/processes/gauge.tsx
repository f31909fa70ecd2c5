export type GaugeLevel = 'normal' | 'high' | 'over' | 'off'

/** Amber over 80 % of the limit, red at it. */
export function gaugeLevel(share: number): GaugeLevel {
  if (share >= 1) return 'over'
  return share > 0.8 ? 'high' : 'normal'
}

/** A thin bar with a tick at its limit. */
export function Gauge(props: { share: number; level?: GaugeLevel; label: string; valueText: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, props.share)) * 100)
  return (
    // biome-ignore lint/a11y/useSemanticElements: the meter element cannot be drawn as a hairline with a tick
    <span
      className="nx-gauge"
      data-level={props.level ?? gaugeLevel(props.share)}
      role="meter"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={props.valueText}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  )
}
