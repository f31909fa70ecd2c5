/** The files of the chapters, in the order in which they are listed; the application loads only the one it is to run. */
export const chapterFiles = [
  'ipc',
  'ports',
  'utility-process',
  'context-bridge',
  'navigation',
  'web-contents',
  'frames',
  'window-open',
  'crashes',
  'windows',
  'views',
  'session',
  'protocol',
  'platform',
  'hostile',
] as const
