/** How the command line ends; scripts may rely on it. */
export const exitCode = {
  done: 0,
  failed: 1,
  /** The command was not understood. */
  usage: 2,
  /** No Nexus is running, and the command does not start one. */
  notRunning: 3,
  pageNotLoaded: 4,
  pageNotReadable: 5,
  /** A replayed call had another outcome than when it was recorded. */
  different: 6,
  /** A search found no page, or the page does not say what was asked. */
  nothingFound: 7,
  /** No process is called that, or several are. */
  noSuchProcess: 8,
  /** What was asked cannot be done with this process. */
  notPossible: 9,
  /** Ctrl+C: 128 and the number of SIGINT, as shells have it. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const byErrorCode: ReadonlyMap<string, ExitCode> = new Map([
  ['USAGE', exitCode.usage],
  ['BAD_ADDRESS', exitCode.usage],
  ['RECORDING_EXISTS', exitCode.usage],
  ['NOT_A_RECORDING', exitCode.usage],
  ['NOT_RUNNING', exitCode.notRunning],
  ['PAGE_NOT_LOADED', exitCode.pageNotLoaded],
  ['PAGE_NOT_READABLE', exitCode.pageNotReadable],
  ['NOTHING_TO_READ', exitCode.pageNotReadable],
  ['PAGE_UNRESPONSIVE', exitCode.pageNotReadable],
  ['UNKNOWN_PROCESS', exitCode.noSuchProcess],
  ['AMBIGUOUS_PROCESS', exitCode.noSuchProcess],
  ['ACTION_NOT_POSSIBLE', exitCode.notPossible],
  ['CANCELLED', exitCode.interrupted],
])

/** The exit code for an error's code. */
export function exitCodeOf(errorCode: string): ExitCode {
  return byErrorCode.get(errorCode) ?? exitCode.failed
}
