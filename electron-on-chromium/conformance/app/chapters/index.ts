// The chapters, in the order in which they run.
import './ipc.ts'

export { registry } from './registry.ts'
