// Where windows go: remembered bounds made to fit today's screens, and the ring window's corner. Pure.
import type { Size } from '../../common/small-windows.ts'

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

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

/** A small window's remembered place, moved so that all of it can be seen; null where it is on no screen of today. */
export const fitPlace = (remembered: Bounds, workAreas: readonly Bounds[]): Bounds | null => {
  const area = workAreas.find((each) => {
    const shared = overlap(remembered, each)
    return shared.width > 0 && shared.height > 0
  })
  if (area === undefined) return null
  const within = (at: number, length: number, from: number, room: number): number =>
    Math.max(from, Math.min(at, from + room - length))
  return {
    ...remembered,
    x: within(remembered.x, remembered.width, area.x, area.width),
    y: within(remembered.y, remembered.height, area.y, area.height)
  }
}

const margin = 16

/** A small window for words `textSize` times as large, as far as the work area has room. */
export const grown = ({ width, height }: Size, textSize: number, workArea: Bounds): Size => {
  const room = Math.min((workArea.width - 2 * margin) / width, (workArea.height - 2 * margin) / height)
  const scale = Math.max(1, Math.min(textSize, room))
  return { width: Math.round(width * scale), height: Math.round(height * scale) }
}

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

/** Beside the ring window's corner, so that neither hides the other where both have room. */
export const miniCorner = (workArea: Bounds, size: Size, ringSize: Size, platform: string): Bounds => {
  const ring = ringCorner(workArea, ringSize, platform)
  const y = platform === 'win32' ? ring.y + ring.height + margin : ring.y - size.height - margin
  const corner = { x: workArea.x + workArea.width - size.width - margin, y, ...size }
  return fitPlace(corner, [workArea]) ?? corner
}
