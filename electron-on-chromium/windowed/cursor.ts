const keywords = new Set(
  (
    'default none context-menu help pointer progress wait cell crosshair text vertical-text alias copy move ' +
    'no-drop not-allowed grab grabbing all-scroll col-resize row-resize n-resize e-resize s-resize w-resize ' +
    'ne-resize nw-resize se-resize sw-resize ew-resize ns-resize nesw-resize nwse-resize zoom-in zoom-out'
  ).split(' '),
)

/**
 * The cursor for our window of what a page asks for: a keyword of CSS, as the page's own pictures cannot be
 * loaded from our window; a page that names a picture names a keyword behind it. Pure.
 */
export function safeCursor(wanted: string): string {
  const last = wanted.split(',').at(-1)?.trim() ?? ''
  return keywords.has(last) ? last : 'default'
}
