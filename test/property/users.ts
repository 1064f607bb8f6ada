// Who there is in the simulated world, as the server's directory has them.
import type { DirectoryEntry } from '../../common/types.ts'
import type { User, Users } from '../../server/ports.ts'

export const usernames = ['ali', 'sara', 'omid', 'echo'] as const

export const users: readonly User[] = usernames.map((username) => ({
  userId: `u-${username}`,
  applicationId: 'app',
  username,
  names: { en: username, fa: '' },
  kind: username === 'echo' ? 'echo' : 'person'
}))

export const directory: Users = {
  byUsername: async (_applicationId, username) => users.find((user) => user.username === username) ?? null,
  byId: async (userId) => users.find((user) => user.userId === userId) ?? null
}

export const peerOf = (username: string): DirectoryEntry | null => {
  const user = users.find((other) => other.username === username)
  return user === undefined ? null : { userId: user.userId, username, names: user.names, kind: user.kind }
}
