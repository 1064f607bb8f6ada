// Endpoints: the users of an application, as its back end makes and lists them. Stores nothing itself.
import type { Endpoint } from '../../common/protocol/back-end.ts'
import { fail, ok } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Passwords } from '../identity/passwords.ts'
import type { BackEnd, PageAsked } from './ports.ts'
import type { User } from '../ports.ts'
import type { EndpointPage } from '../store/applications.ts'
import type { UserAdmin } from '../store/users.ts'
import { isoTime } from './times.ts'

export type EndpointsDeps = {
  readonly admin: Pick<UserAdmin, 'add' | 'has'>
  readonly page: (applicationId: string, page: PageAsked) => Promise<EndpointPage>
  readonly passwords: Pick<Passwords, 'hash'>
  readonly clock: Pick<Clock, 'now'>
}

const show = ({ userId, username, names }: User, createdAt: number): Endpoint => ({
  id: userId,
  username,
  names,
  createdAt: isoTime(createdAt)
})

export const createEndpoints = ({
  admin,
  page,
  passwords,
  clock
}: EndpointsDeps): Pick<BackEnd, 'addEndpoint' | 'endpoints'> => ({
  addEndpoint: async ({ applicationId }, { username, names, password }) => {
    const taken = fail('already_exists', `There is an endpoint ${username} already.`)
    // Asked first, since a hash is dear.
    if (await admin.has(applicationId, username)) return taken
    const user = await admin.add({
      applicationId,
      username,
      names: { en: names.en ?? username, fa: names.fa ?? '' },
      kind: 'person',
      password: password === undefined ? null : await passwords.hash(password)
    })
    return user === null ? taken : ok(show(user, clock.now()))
  },
  endpoints: async ({ applicationId }, asked) => {
    const { total, users } = await page(applicationId, asked)
    return {
      page: { number: asked.page, size: asked.size, total },
      result: users.map((user) => show(user, user.createdAt))
    }
  }
})
