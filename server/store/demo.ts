// The demo directory: well-known users with well-known passwords, and a token for trying out a back end, for loopback only
// (config.ts sees to that).
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createClock } from '../clock.ts'
import { createApplications, type ApplicationStore } from '../identity/applications.ts'
import { createPasswords } from '../identity/passwords.ts'
import type { UserAdmin } from './users.ts'

const people = [
  { username: '101', en: 'Sara Ahmadi', fa: 'سارا احمدی' },
  { username: '102', en: 'Kian Moradi', fa: 'کیان مرادی' },
  { username: '103', en: 'Lena Fischer', fa: 'لنا فیشر' }
] as const

type Into = {
  readonly applicationId: string
  readonly dataDir: string
  readonly identity: { readonly scryptLogN: number }
}

/** Keeps a token in `demo-token` of the data folder, readable by its user only; a new one where that is of no use here. */
const keepToken = async (store: ApplicationStore, { applicationId, dataDir }: Into): Promise<void> => {
  const file = path.join(dataDir, 'demo-token')
  const applications = createApplications(store, createClock())
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim()
  const known = await applications.verify(kept)
  if (known.ok && known.value.applicationId === applicationId) return
  await writeFile(file, `${await applications.mintToken(applicationId)}\n`, { mode: 0o600 })
}

/** Makes 101, 102 and 103 (password `demo-101` and so on), 100 Echo, and the token, where they are not there yet. */
export const seedDemo = async (
  store: { readonly admin: UserAdmin; readonly applicationStore: ApplicationStore },
  into: Into
): Promise<void> => {
  const { applicationId, identity } = into
  const passwords = createPasswords(identity.scryptLogN)
  await store.admin.add({
    applicationId,
    username: '100',
    names: { en: 'Echo', fa: 'پژواک' },
    kind: 'echo',
    password: null
  })
  for (const { username, en, fa } of people) {
    if (await store.admin.has(applicationId, username)) continue
    const password = await passwords.hash(`demo-${username}`)
    await store.admin.add({ applicationId, username, names: { en, fa }, kind: 'person', password })
  }
  await keepToken(store.applicationStore, into)
}
