import { defineContract } from '../ipc/contract.ts'

/** What plays in which tab, as the chrome UI sees it. Served by the controller. */
export const mediaViewContract = defineContract('mediaView', { methods: {}, events: {} })
