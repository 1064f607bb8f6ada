// What the server pushes, as this version understands it. Pure.
import { pushes, type Push, type PushName } from '../../common/protocol/socket.ts'

const isPushName = (name: string): name is PushName => Object.hasOwn(pushes, name)

/** Null where the name is unknown here, or the data does not fit it. */
export const parsePush = (name: string, data: unknown): Push | null => {
  if (!isPushName(name)) return null
  const parsed = pushes[name].safeParse(data)
  // The schema is that of `name`, which the compiler can't follow through the table.
  return parsed.success ? ({ name, data: parsed.data } as Push) : null
}
