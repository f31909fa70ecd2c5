import { defineContract } from '../ipc/contract.ts'

/** What is kept and allowed for each site, as the chrome UI sees it. Served by the controller. */
export const sitesViewContract = defineContract('sitesView', { methods: {}, events: {} })
