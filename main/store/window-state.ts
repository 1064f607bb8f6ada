// Where the main window was: remembered for the next start. Knows nothing of today's screens.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import type { Bounds } from '../shell/bounds.ts'
import { createJsonFile, type JsonFile } from './json-file.ts'

const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive()
}) satisfies z.ZodType<Bounds>

export const createWindowState = (options: { readonly file: string; readonly log: Logger }): JsonFile<Bounds | null> =>
  createJsonFile<Bounds | null>({ ...options, parse: (stored) => bounds.nullable().parse(stored), fallback: null })
