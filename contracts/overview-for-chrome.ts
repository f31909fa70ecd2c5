import { defineContract } from '../ipc/contract.ts'

/** The overview of all tabs and the map, as the chrome UI steers them. Served by the controller. */
export const overviewViewContract = defineContract('overviewView', { methods: {}, events: {} })
