import { defineContract } from '../ipc/contract.ts'

/** Downloads, as the chrome UI sees them. Served by the controller. */
export const downloadsViewContract = defineContract('downloadsView', { methods: {}, events: {} })
