import type { Measured } from '../results.ts'

/** Some figures that are measured together, in a process of their own. */
export interface Group {
  readonly name: string
  readonly title: string
  /** Arguments that its process needs of Node. */
  readonly execArgv: readonly string[]
  measure(options: GroupOptions): Promise<readonly Measured[]>
}

export interface GroupOptions {
  readonly quick: boolean
}
