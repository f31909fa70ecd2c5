// The chapters, in the order in which they run.
import './ipc.ts'
import './ports.ts'
import './utility-process.ts'
import './context-bridge.ts'

export { registry } from './registry.ts'
