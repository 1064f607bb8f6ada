// Reads what the desktop's own programs draw (names, roles, screen rectangles) from their accessibility tree. Clicks nothing.
import type { Bus } from './bus.ts'

/** A rectangle on the screen, in pixels. */
export interface Rect {
  x: number
  y: number
  width: number
  height: number
}

/** One element of a program's accessibility tree. */
export interface Accessible {
  at: Reference
  name: string
  /** Role as the toolkit names it: "push button", "menu item", "window", … */
  role: string
  /** Drawn on the screen now, as far as the toolkit knows. */
  showing: boolean
}

const ROOT = '/org/a11y/atspi/accessible/root'
const ACCESSIBLE = 'org.a11y.atspi.Accessible'
const COMPONENT = 'org.a11y.atspi.Component'
const SHOWING_BIT = 25
const SCREEN_COORDINATES = 0

/** Address of an element: its program's connection and its object. */
export type Reference = readonly [destination: string, path: string]

async function ask(bus: Bus, [destination, path]: Reference, member: string): Promise<unknown> {
  const [answer] = await bus.call({ destination, path, interface: ACCESSIBLE, member })
  return answer
}

/** An element's children, in their drawn order. */
export async function childrenOf(bus: Bus, reference: Reference): Promise<[string, string][]> {
  return (await ask(bus, reference, 'GetChildren')) as [string, string][]
}

/** An element's role as the toolkit names it. */
export async function roleOf(bus: Bus, reference: Reference): Promise<string> {
  return String(await ask(bus, reference, 'GetRoleName'))
}

/** Whether an element is drawn now. */
export async function stateOf(bus: Bus, reference: Reference): Promise<{ showing: boolean }> {
  const [low = 0] = (await ask(bus, reference, 'GetState')) as number[]
  return { showing: ((low >>> SHOWING_BIT) & 1) === 1 }
}

async function describe(bus: Bus, reference: Reference): Promise<Accessible> {
  const [properties, role, state] = await Promise.all([
    bus.properties(...reference, ACCESSIBLE),
    roleOf(bus, reference),
    stateOf(bus, reference)
  ])
  return { at: reference, name: typeof properties['Name'] === 'string' ? properties['Name'] : '', role, ...state }
}

async function collect(bus: Bus, reference: Reference, found: Accessible[]): Promise<void> {
  const [self, children] = await Promise.all([describe(bus, reference), childrenOf(bus, reference)])
  found.push(self)
  for (const child of children) await collect(bus, child, found)
}

/** Every element of the programs with process id `pid`, parents before children, siblings in their drawn order. */
export async function accessibleTree(bus: Bus, pid: number): Promise<Accessible[]> {
  const programs = await childrenOf(bus, ['org.a11y.atspi.Registry', ROOT])
  const found: Accessible[] = []
  for (const program of programs) {
    if ((await bus.pidOf(program[0])) === pid) await collect(bus, program, found)
  }
  return found
}

/** Where an element is drawn on the screen. */
export async function rectOf(bus: Bus, [destination, path]: Reference): Promise<Rect> {
  const [extents] = await bus.call({
    destination,
    path,
    interface: COMPONENT,
    member: 'GetExtents',
    signature: 'u',
    body: [SCREEN_COORDINATES]
  })
  const [x = 0, y = 0, width = 0, height = 0] = extents as number[]
  return { x, y, width, height }
}

/** The middle of a rectangle. */
export function centre({ x, y, width, height }: Rect): { x: number; y: number } {
  return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
}
