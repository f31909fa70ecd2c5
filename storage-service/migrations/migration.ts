/** One step forward. A step that was released is never changed; a mistake in it is mended by the next. */
export interface Migration {
  readonly version: number
  readonly what: string
  readonly sql: string
}
