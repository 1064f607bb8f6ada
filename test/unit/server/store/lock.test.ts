// The lock of a data folder: one owner, taken over from the dead, never from the living.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderInUse, lockFolder } from '../../../../server/store/lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (pid: number, started = ''): void =>
  writeFileSync(path.join(folder, 'lock'), JSON.stringify({ pid, started, nonce: 'x' }))

const deadPid = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('lockFolder', () => {
  it('lets one in at a time, within a process too', async () => {
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderInUse)
    lock.release()
    const again = await lockFolder(folder)
    // A lock that was given back long ago takes nothing from its successor.
    lock.release()
    expect(existsSync(path.join(folder, 'lock'))).toBe(true)
    again.release()
    expect(existsSync(path.join(folder, 'lock'))).toBe(false)
  })

  it('leaves nothing beside the lock, whether it was taken, refused or taken over', async () => {
    write(await deadPid())
    const lock = await lockFolder(folder)
    await expect(lockFolder(folder)).rejects.toBeInstanceOf(FolderInUse)
    expect(readdirSync(folder)).toEqual(['lock'])
    lock.release()
    const again = await lockFolder(folder)
    expect(readdirSync(folder)).toEqual(['lock'])
    again.release()
  })

  it('takes over from a process that is no more', async () => {
    write(await deadPid())
    const lock = await lockFolder(folder)
    expect(readFileSync(path.join(folder, 'lock'), 'utf8')).toContain(String(process.pid))
    lock.release()
  })

  it.runIf(process.platform === 'linux')('takes over from an earlier process that had the same id', async () => {
    write(process.pid, 'another boot/1')
    const lock = await lockFolder(folder)
    lock.release()
  })

  it('takes over what was torn while it was written', async () => {
    writeFileSync(path.join(folder, 'lock'), '{"pid":')
    const lock = await lockFolder(folder)
    lock.release()
  })

  it('names the process that has it', async () => {
    write(process.ppid)
    await expect(lockFolder(folder)).rejects.toThrow(`in use by the process ${process.ppid}`)
  })

  it('gives a stale lock to the last one who took it over, and to no other', async () => {
    write(await deadPid())
    const taking = lockFolder(folder)
    // Somebody else found the same stale lock, and put theirs in its place a moment later.
    write(process.ppid)
    await expect(taking).rejects.toBeInstanceOf(FolderInUse)
    expect(readFileSync(path.join(folder, 'lock'), 'utf8')).toContain(String(process.ppid))
  })
})
