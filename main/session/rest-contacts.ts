// The requests about own contacts. How one is made is rest.ts's.
import type { z } from 'zod'
import {
  contactsAnswer,
  contactsChanged,
  type ContactsAnswer,
  type ContactsChange,
  type ContactsChanged,
  type ContactsQuery
} from '../../common/protocol/contacts.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import type { Result } from '../../common/result.ts'
import type { Exchange } from './rest.ts'

export type ContactsRest = {
  readonly contacts: (server: string, accessToken: string, query: ContactsQuery) => Promise<Result<ContactsAnswer>>
  readonly changeContacts: (
    server: string,
    accessToken: string,
    change: ContactsChange
  ) => Promise<Result<ContactsChanged>>
}

type MakeExchange = <T>(server: string, asked: Exchange, schema: z.ZodType<T>) => Promise<Result<T>>

export const createContactsRest = (exchange: MakeExchange): ContactsRest => ({
  contacts: (server, accessToken, { since, after }) =>
    exchange(
      server,
      { method: 'GET', path: `${restPaths.contacts}?since=${since}&after=${after}`, accessToken },
      contactsAnswer
    ),
  changeContacts: (server, accessToken, body) =>
    exchange(server, { method: 'POST', path: restPaths.contacts, accessToken, body }, contactsChanged)
})
