// Draws the icons from the SVG shapes below into build/icons, with rsvg-convert. Run by hand after a change; the results
// are committed, so that no build needs a drawing program.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { icoOf } from './support/ico.ts'
import { root } from './support/run.ts'

const folder = path.join(root, 'build/icons')

/** A telephone receiver, in a field of 24 × 24. */
const receiver =
  'M6.6 10.8c1.4 2.8 3.8 5.1 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.3.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1' +
  'C10.6 21 3 13.4 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.2.2 2.4.6 3.6.1.3 0 .7-.2 1z'
const standing = `<path d="${receiver}"/>`
const waves =
  '<g fill="none" stroke-width="1.8" stroke-linecap="round"><path d="M14 7.2a4 4 0 0 1 2.8 2.8"/><path d="M14.6 3.4a8 8 0 0 1 6 6"/></g>'
const stroke = '<path d="M4 21 21 4" fill="none" stroke-width="2" stroke-linecap="round"/>'

/** A mark in the corner, in its colour, with what is drawn on it. */
type Mark = { readonly colour: string; readonly on: string }
type Tray = 'idle' | 'offline' | 'missed' | 'alert' | 'call' | 'muted' | 'quiet'
const tray: Readonly<Record<Tray, { readonly colour: string; readonly shape: string; readonly mark?: Mark }>> = {
  idle: { colour: '#e8eaed', shape: standing },
  offline: { colour: '#8a9099', shape: standing + stroke },
  missed: { colour: '#e8eaed', shape: standing, mark: { colour: '#ff5a4d', on: '' } },
  alert: { colour: '#4ade80', shape: standing + waves },
  call: { colour: '#4ade80', shape: standing },
  muted: { colour: '#4ade80', shape: standing, mark: { colour: '#fbbf24', on: 'M15.4 8.6l5.2-5.2' } },
  quiet: { colour: '#e8eaed', shape: standing, mark: { colour: '#c084fc', on: 'M15.6 6h4.8' } }
}
const inColour = (shape: string, colour: string): string =>
  shape.replaceAll('fill="none" ', `fill="none" stroke="${colour}" `)

// A dark rim keeps the light shapes readable on light panels.
const trayPicture = (name: Tray): string => {
  const { colour, shape, mark } = tray[name]
  const drawn =
    mark === undefined
      ? ''
      : `<circle cx="18" cy="6" r="5" fill="${mark.colour}" stroke="#1b2733" stroke-width="1"/>
         <path d="${mark.on}" fill="none" stroke="#1b2733" stroke-width="1.6" stroke-linecap="round"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
    <g fill="#1b2733" stroke="#1b2733" stroke-opacity=".75" stroke-width="2.4" stroke-linejoin="round">${standing}</g>
    <g fill="${colour}" stroke-width="0">${inColour(shape, colour)}</g>
    ${drawn}
  </svg>`
}

// macOS colours it by itself and reads nothing but how opaque it is: what a colour says elsewhere is said by a shape here.
const templatePicture = (name: Tray): string => {
  const { shape, mark } = tray[name]
  const cut =
    mark === undefined
      ? ''
      : '<mask id="m"><rect width="24" height="24" fill="#fff"/><circle cx="18" cy="6" r="6.6"/></mask>'
  const marked =
    mark === undefined
      ? ''
      : `<mask id="o"><rect width="24" height="24" fill="#fff"/>
           <path d="${mark.on}" fill="none" stroke="#000" stroke-width="1.8" stroke-linecap="round"/></mask>
         <circle cx="18" cy="6" r="5" mask="url(#o)"/>`
  const talking = name === 'call' ? '<circle cx="18" cy="6" r="2.4"/>' : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${cut}
    <g fill="#000" stroke-width="0"${mark === undefined ? '' : ' mask="url(#m)"'}>${inColour(shape, '#000')}</g>
    ${marked}${talking}
  </svg>`
}

const appPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
  <defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#16a37f"/><stop offset="1" stop-color="#0b6e5c"/>
  </linearGradient></defs>
  <rect x="2" y="2" width="44" height="44" rx="11" fill="url(#g)"/>
  <g transform="translate(9.5 10.5) scale(1.2)" fill="#fff" stroke="#fff" stroke-width="0">
    ${standing}${inColour(waves, '#fff')}
  </g>
</svg>`

const missedPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <circle cx="12" cy="12" r="11" fill="#c22740"/>
  <g transform="translate(3.6 3.6) scale(.7)" fill="#fff" stroke-width="0">${standing}</g>
</svg>`

const drawn = (svg: string, size: number): Buffer =>
  execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size)], { input: svg })
const put = (name: string, bytes: Buffer): void => writeFileSync(path.join(folder, name), bytes)
const icon = (svg: string, sizes: readonly number[]): Buffer =>
  icoOf(sizes.map((size) => ({ size, png: drawn(svg, size) })))

mkdirSync(folder, { recursive: true })
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
  put(`${String(size)}x${String(size)}.png`, drawn(appPicture, size))
}
put('app.ico', icon(appPicture, [16, 24, 32, 48, 64, 256]))
for (const name of Object.keys(tray) as Tray[]) {
  put(`tray-${name}.png`, drawn(trayPicture(name), 22))
  put(`tray-${name}@2x.png`, drawn(trayPicture(name), 44))
  // macOS knows them by the name's end.
  put(`tray-${name}Template.png`, drawn(templatePicture(name), 18))
  put(`tray-${name}Template@2x.png`, drawn(templatePicture(name), 36))
  // The sizes of a Windows notification area, from 100 % to 300 %.
  put(`tray-${name}.ico`, icon(trayPicture(name), [16, 20, 24, 32, 40, 48]))
}
// Over the window's button in the task bar of Windows.
put('missed.png', drawn(missedPicture, 32))
console.log(`Icons are in ${folder}.`)
