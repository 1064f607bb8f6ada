// Where a list of past calls goes on, as text that a page hands back unread: after which call, and the server's own word for
// it where the list is the server's. Pure.
import { z } from 'zod'
import type { RecentsPlace } from '../../common/recents.ts'

export type ReadPlace = { readonly place: RecentsPlace; readonly server: string | null }

const shape = z.tuple([z.number(), z.string(), z.string().nullable()])

export const writePlace = ({ createdAt, callId }: RecentsPlace, server: string | null): string =>
  JSON.stringify([createdAt, callId, server])

/** Null for what was not written here. */
export const readPlace = (text: string): ReadPlace | null => {
  try {
    const [createdAt, callId, server] = shape.parse(JSON.parse(text))
    return { place: { createdAt, callId }, server }
  } catch {
    return null
  }
}
