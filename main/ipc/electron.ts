// Hands Electron's ipcMain to the doorman, and to nobody else: no other folder may import it.
import { ipcMain } from 'electron'
import type { DoormanIpc } from './doorman.ts'

export const electronIpc: DoormanIpc = ipcMain
