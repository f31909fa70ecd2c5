import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'

export interface SeparatorProps {
  /** What it resizes, for readers. */
  label: string
  orientation: 'vertical' | 'horizontal'
  value: number
  min: number
  max: number
  onChange(value: number): void
}

const stepPx = 16

/** The edge of a panel or dock that grows to the left or upwards. Drag it, or move it by arrows in steps of 16 px. */
export function PanelSeparator(props: SeparatorProps) {
  const start = useRef<{ at: number; value: number } | null>(null)
  const [isDragging, setIsDragging] = useState(false)
  const isVertical = props.orientation === 'vertical'
  const limit = (value: number) => Math.round(Math.min(props.max, Math.max(props.min, value)))
  const at = (event: PointerEvent) => (isVertical ? event.clientX : event.clientY)

  const onKeyDown = (event: KeyboardEvent) => {
    const grow = isVertical ? 'ArrowLeft' : 'ArrowUp'
    const shrink = isVertical ? 'ArrowRight' : 'ArrowDown'
    if (event.key === grow) props.onChange(limit(props.value + stepPx))
    else if (event.key === shrink) props.onChange(limit(props.value - stepPx))
    else if (event.key === 'Home') props.onChange(limit(props.min))
    else if (event.key === 'End') props.onChange(limit(props.max))
    else return
    event.preventDefault()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is a widget, which hr is not
    <div
      className="nx-sep"
      role="separator"
      aria-label={props.label}
      aria-orientation={props.orientation}
      aria-valuenow={props.value}
      aria-valuemin={props.min}
      aria-valuemax={props.max}
      tabIndex={0}
      data-dragging={isDragging || undefined}
      onKeyDown={onKeyDown}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { at: at(event), value: props.value }
        setIsDragging(true)
      }}
      onPointerMove={event => {
        if (start.current === null) return
        props.onChange(limit(start.current.value + start.current.at - at(event)))
      }}
      onLostPointerCapture={() => {
        start.current = null
        setIsDragging(false)
      }}
    />
  )
}
