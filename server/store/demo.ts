// The demo directory: well-known users with well-known passwords, for loopback only (config.ts sees to that).
import { createPasswords } from '../identity/passwords.ts'
import type { UserAdmin } from './users.ts'

const people = [
  { username: '101', en: 'Sara Ahmadi', fa: 'سارا احمدی' },
  { username: '102', en: 'Kian Moradi', fa: 'کیان مرادی' },
  { username: '103', en: 'Lena Fischer', fa: 'لنا فیشر' }
] as const

/** Makes 101, 102 and 103 (password `demo-101` and so on) and 100 Echo, where they are not there yet. */
export const seedDemo = async (
  store: { readonly admin: UserAdmin },
  { applicationId, identity }: { readonly applicationId: string; readonly identity: { readonly scryptLogN: number } }
): Promise<void> => {
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
}
