// The chapters, in the order in which they run.
import './ipc.ts'
import './ports.ts'
import './utility-process.ts'
import './context-bridge.ts'
import './navigation.ts'
import './web-contents.ts'
import './frames.ts'
import './window-open.ts'
import './crashes.ts'
import './windows.ts'
import './views.ts'

export { registry } from './registry.ts'
