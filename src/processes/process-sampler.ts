import type { ProcessTree } from '../../contracts/processes.ts'
import { WatchedSampler } from '../messaging/watched-sampler.ts'

/** Stands here until the application uses `WatchedSampler` itself. */
export class ProcessSampler extends WatchedSampler<ProcessTree> {}
