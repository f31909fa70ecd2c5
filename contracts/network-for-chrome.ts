import { defineContract } from '../ipc/contract.ts'

/** What the chrome UI sees of the network: requests, what was blocked. Served by the controller. */
export const networkViewContract = defineContract('networkView', { methods: {}, events: {} })
