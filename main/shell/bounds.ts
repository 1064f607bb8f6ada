// Where windows go: remembered bounds made to fit today's screens, and the ring window's corner. Pure.

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export type Size = { readonly width: number; readonly height: number }

/** So much of a title bar must be on a screen for the window to be found and moved. */
const reachable = { width: 80, height: 24 }

const overlap = (a: Bounds, b: Bounds): Size => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
})

/** The remembered bounds where they can still be reached on one of the work areas; otherwise null: let the system choose. */
export const fitBounds = (remembered: Bounds | null, workAreas: readonly Bounds[]): Bounds | null => {
  if (remembered === null) return null
  const isReachable = workAreas.some((area) => {
    const shared = overlap({ ...remembered, height: reachable.height }, area)
    return shared.width >= reachable.width && shared.height >= reachable.height
  })
  return isReachable ? remembered : null
}

/** Parses `x,y,width,height`; null where it is anything else. */
export const parseBounds = (text: string | undefined): Bounds | null => {
  const match = /^(-?\d{1,5}),(-?\d{1,5}),(\d{2,5}),(\d{2,5})$/.exec(text ?? '')
  if (match === null) return null
  const [x = 0, y = 0, width = 0, height = 0] = match.slice(1).map(Number)
  return { x, y, width, height }
}

const margin = 16

/**
 * The corner of the work area away from where the system's own notifications appear: at the bottom where they are at
 * the top, and the other way round on Windows.
 */
export const ringCorner = (workArea: Bounds, { width, height }: Size, platform: string): Bounds => ({
  x: workArea.x + workArea.width - width - margin,
  y: platform === 'win32' ? workArea.y + margin : workArea.y + workArea.height - height - margin,
  width,
  height
})
