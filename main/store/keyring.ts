// The system's keyring behind Electron's safeStorage. Usable once the app is ready.
import { safeStorage } from 'electron'
import type { Keyring } from './sign-in.ts'

/** What every Electron since the oldest this runs on has; the backend's name came a little later. */
type Storage = {
  isEncryptionAvailable(): boolean
  encryptString(text: string): Buffer
  decryptString(data: Buffer): string
  getSelectedStorageBackend?(): string
}

export const createKeyring = (storage: Storage = safeStorage): Keyring => ({
  isReal: () => {
    if (!storage.isEncryptionAvailable()) return false
    // Linux only. `basic_text` encrypts with a password that everybody knows.
    return storage.getSelectedStorageBackend?.() !== 'basic_text'
  },
  encrypt: (text) => storage.encryptString(text),
  decrypt: (data) => storage.decryptString(data)
})
