// Data that fits a request's schema, made from the schema itself, so that a new request is covered without a word here.
import { z } from 'zod'
import { requests, type RequestName } from '../../../common/protocol/socket.ts'

type Random = () => number
type Shape = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly pattern?: string
  readonly allOf?: readonly Shape[]
}

/** Names and digits that other people's phones are not called by: Echo, nobody, a key. */
const words = ['100', '999', '5', 'x']

export const pick = <T>(random: Random, of: readonly T[]): T => {
  const one = of[Math.floor(random() * of.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

const patternsOf = (shape: Shape): readonly string[] =>
  [shape.pattern, ...(shape.allOf ?? []).map(({ pattern }) => pattern)].filter((one) => one !== undefined)

const sampleText = (shape: Shape, random: Random): string => {
  const patterns = patternsOf(shape).map((pattern) => new RegExp(pattern, 'u'))
  const fitting = words.filter((word) => patterns.every((pattern) => pattern.test(word)))
  return fitting.length === 0 ? 'x' : pick(random, fitting)
}

const sample = (shape: Shape, random: Random): unknown => {
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return pick(random, shape.enum)
  const choices = shape.anyOf ?? shape.oneOf
  if (choices !== undefined) return sample(pick(random, choices), random)
  switch (shape.type) {
    case 'object': {
      const required = new Set(shape.required)
      const fields = Object.entries(shape.properties ?? {}).filter(([name]) => required.has(name) || random() < 0.5)
      return Object.fromEntries(fields.map(([name, field]) => [name, sample(field, random)]))
    }
    case 'array':
      return shape.items === undefined ? [] : [sample(shape.items, random)]
    case 'string':
      return sampleText(shape, random)
    case 'integer':
    case 'number':
      return 1 + Math.floor(random() * 3)
    case 'boolean':
      return random() < 0.5
    // What only mediasoup knows in depth.
    case undefined:
    default:
      return {}
  }
}

const shapes = new Map<RequestName, Shape>()
const shapeOf = (name: RequestName): Shape => {
  const known = shapes.get(name)
  if (known !== undefined) return known
  const shape = z.toJSONSchema(requests[name].data, { unrepresentable: 'any', io: 'input' }) as Shape
  shapes.set(name, shape)
  return shape
}

/** Data that fits any schema of an object. */
export const sampleOf = (schema: z.ZodType, random: Random): unknown =>
  sample(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Shape, random)

/** Whether a request names a call, and so is only for those who take part in it. */
export const isAboutCall = (name: RequestName): boolean => shapeOf(name).properties?.['callId'] !== undefined

/** Well-formed data of that request, about that call. */
export const sampleData = (name: RequestName, callId: string, random: Random): Record<string, unknown> => {
  const data = sample(shapeOf(name), random) as Record<string, unknown>
  return isAboutCall(name) ? { ...data, callId } : data
}
