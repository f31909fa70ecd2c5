export { noteMediaActions } from '../media-actions.ts'
export { MediaOfPage } from '../page-media.ts'
export { SoundOfPage } from '../page-sound.ts'
