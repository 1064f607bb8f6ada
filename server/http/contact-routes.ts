// The routes of a user's own contacts.
import { contactsAnswer, contactsChange, contactsChanged, contactsQuery } from '../../common/protocol/contacts.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import { ok } from '../../common/result.ts'
import type { Contacts } from '../ports.ts'
import { signedIn, type Route } from './route.ts'

/** Five hundred contacts with long notes; what is longer comes in several changes. */
const changeBytes = 1024 * 1024

export const createContactRoutes = (contacts: Contacts): readonly Route[] => [
  signedIn({
    method: 'GET',
    path: restPaths.contacts,
    summary: 'Own contacts of the user, or what changed in them since a revision',
    input: { from: 'query', schema: contactsQuery },
    output: contactsAnswer,
    status: 200,
    run: async ({ session, input }) => ok(await contacts.page(session, input))
  }),
  signedIn({
    method: 'POST',
    path: restPaths.contacts,
    summary: 'Adds, replaces and removes own contacts: all of it is done, or nothing',
    input: { from: 'body', schema: contactsChange, maxBytes: changeBytes },
    output: contactsChanged,
    status: 200,
    run: ({ session, input }) => contacts.change(session, input)
  })
]
