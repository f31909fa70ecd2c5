import { defineContract } from '../ipc/contract.ts'

/** Bookmarks and what else a person keeps, as the chrome UI sees them. Served by the controller. */
export const libraryViewContract = defineContract('libraryView', { methods: {}, events: {} })
