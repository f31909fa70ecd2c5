import { contestantNamed } from '../contestants/all.ts'
import type { Caller } from '../contestants/contestant.ts'
import { openChannel } from './channel.ts'
import type { Link, TransportName } from './link.ts'
import { openPort } from './port.ts'
import { openSocket } from './socket.ts'

/** A thread or process that answers, and the near end of the link to it. */
export interface Answerer {
  readonly link: Link
  /** Ends it and resolves when it is gone. */
  end(): Promise<void>
}

/** How an answerer is started. */
export interface AnswererOptions {
  readonly contestant: string
  /** Arguments for Node, such as those of its profiler. */
  readonly execArgv: readonly string[]
  /** Told when it ends before it was asked to. */
  readonly fail: (error: unknown) => void
}

/** A contestant with both its sides. */
export interface Pair {
  readonly caller: Caller
  /** Rejects when the answering side dies or a call fails; never resolves. */
  readonly failure: Promise<never>
  end(): Promise<void>
}

const open: Readonly<Record<TransportName, (options: AnswererOptions) => Promise<Answerer>>> = {
  port: openPort,
  channel: openChannel,
  socket: openSocket,
}

/** Starts the contestant's answering side and joins a caller to it. */
export async function openPair(
  transport: TransportName,
  contestant: string,
  execArgv: readonly string[] = [],
): Promise<Pair> {
  const { promise: failure, reject: fail } = Promise.withResolvers<never>()
  // Those who measure wait for it; until then it must not end the process.
  failure.catch(() => {})
  const answerer = await open[transport]({ contestant, execArgv, fail })
  const caller = await (await contestantNamed(contestant)).call(answerer.link, fail)
  return { caller, failure, end: answerer.end }
}
