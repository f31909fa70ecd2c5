/**
 * What passes between the compositor page, which lives in a window on the screen, and the main process. Both
 * ends are ours; the page is never shown to anything of the application's.
 */

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A rectangle of the window, from back to front in the list of a layout. */
export interface Layer {
  /** null: a coloured pane without a page. */
  readonly viewId: number | null
  readonly box: Box
  /** CSS colour. */
  readonly background: string
  readonly borderRadius: number
}

export interface Layout {
  readonly background: string
  readonly layers: readonly Layer[]
}

/** One row of a popup list. */
export interface PopupItem {
  readonly label: string
  readonly kind: 'choice' | 'heading' | 'separator'
  readonly isEnabled: boolean
  readonly isChosen: boolean
}

/** A list to choose from, at a place of the window: the options of a select element, or a menu. */
export interface Popup {
  readonly popupId: number
  /** What the list hangs below; it goes above where there is no room below. */
  readonly anchor: Box
  readonly items: readonly PopupItem[]
  readonly fontSizePx: number
}

/** DevTools' bits: alt 1, control 2, meta 4, shift 8. */
export type Modifiers = number

export type ToCompositor =
  | { readonly kind: 'frames'; readonly url: string }
  | { readonly kind: 'layout'; readonly layout: Layout }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'hover'; readonly viewId: number; readonly cursor: string; readonly tooltip: string }
  | { readonly kind: 'popup'; readonly popup: Popup }
  | { readonly kind: 'closePopup' }
  | { readonly kind: 'caret'; readonly box: Box }

export type FromCompositor =
  | { readonly kind: 'ready' }
  | { readonly kind: 'bounds'; readonly bounds: Box }
  | { readonly kind: 'focus'; readonly isFocused: boolean }
  | { readonly kind: 'stateSuspected' }
  | { readonly kind: 'painted'; readonly viewId: number; readonly sequence: number }
  | MouseMessage
  | WheelMessage
  | KeyMessage
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'composition'; readonly text: string; readonly caret: number }
  | { readonly kind: 'popupClosed'; readonly popupId: number; readonly chosenIndex: number | null }

/** Coordinates are the view's own, in CSS pixels. */
export interface MouseMessage {
  readonly kind: 'mouse'
  readonly viewId: number
  readonly type: 'move' | 'down' | 'up' | 'leave'
  readonly x: number
  readonly y: number
  /** As MouseEvent.button; -1 for moves. */
  readonly button: number
  /** As MouseEvent.buttons. */
  readonly buttons: number
  readonly clickCount: number
  readonly modifiers: Modifiers
}

export interface WheelMessage {
  readonly kind: 'wheel'
  readonly viewId: number
  readonly x: number
  readonly y: number
  readonly deltaX: number
  readonly deltaY: number
  readonly modifiers: Modifiers
}

export interface KeyMessage {
  readonly kind: 'key'
  readonly type: 'down' | 'up'
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly location: number
  readonly isAutoRepeat: boolean
  readonly isComposing: boolean
  readonly modifiers: Modifiers
}

/**
 * The stream of frames: one record after the other, little-endian: length of the rest (4), view (4),
 * sequence (4), width and height in CSS pixels (2 each), the encoded picture.
 */
export const frameHeaderBytes = 16

/** The name under which the page finds the way back to us. */
export const bindingName = '__compositorSend'
