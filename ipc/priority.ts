/** Which of the messages that wait go first. */
export type Priority = 'high' | 'normal' | 'low'

/** Numbers for the three, in the order in which they are served. */
export const priorityRank: Readonly<Record<Priority, 0 | 1 | 2>> = { high: 0, normal: 1, low: 2 }
