import { symlink } from 'node:fs/promises'
import path from 'node:path'

/** What Electron keeps for sites in `session.getStoragePath()`, and Chromium in the folder of its profile. */
const folders = ['IndexedDB', 'Local Storage', 'Service Worker']

/** Shows the data of sites where Electron has it. A folder of that name that is there already stays as it is. */
export async function linkStorage(storagePath: string, profileFolder: string): Promise<void> {
  await Promise.all(
    folders.map(name =>
      symlink(path.join(profileFolder, name), path.join(storagePath, name)).catch(() => {}),
    ),
  )
}
