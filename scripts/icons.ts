// Draws the icons from the SVG shapes below into build/icons, with rsvg-convert. Run by hand after a change; the results
// are committed, so that no build needs a drawing program.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { root } from './support/run.ts'

const folder = path.join(root, 'build/icons')

/** A telephone receiver, in a field of 24 × 24. */
const receiver =
  'M6.6 10.8c1.4 2.8 3.8 5.1 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.1.4 2.3.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1' +
  'C10.6 21 3 13.4 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.2.2 2.4.6 3.6.1.3 0 .7-.2 1z'
const standing = `<path d="${receiver}"/>`
const waves =
  '<g fill="none" stroke-width="1.8" stroke-linecap="round"><path d="M14 7.2a4 4 0 0 1 2.8 2.8"/><path d="M14.6 3.4a8 8 0 0 1 6 6"/></g>'

type Tray = 'idle' | 'offline' | 'missed' | 'alert' | 'call' | 'quiet'
const tray: Readonly<Record<Tray, { readonly colour: string; readonly shape: string }>> = {
  idle: { colour: '#e8eaed', shape: standing },
  offline: {
    colour: '#8a9099',
    shape: `${standing}<path d="M4 21 21 4" fill="none" stroke-width="2" stroke-linecap="round"/>`
  },
  missed: {
    colour: '#e8eaed',
    shape: `${standing}<circle cx="18" cy="6" r="5" fill="#ff5a4d" stroke="#1b2733" stroke-width="1"/>`
  },
  alert: { colour: '#4ade80', shape: standing + waves },
  call: { colour: '#4ade80', shape: standing },
  quiet: {
    colour: '#e8eaed',
    shape: `${standing}<circle cx="18" cy="6" r="5" fill="#c084fc" stroke="#1b2733" stroke-width="1"/><path d="M15.6 6h4.8" fill="none" stroke-width="1.6" stroke-linecap="round"/>`
  }
}

// A dark rim keeps the light shapes readable on light panels.
const trayPicture = ({ colour, shape }: { colour: string; shape: string }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
    <g fill="#1b2733" stroke="#1b2733" stroke-opacity=".75" stroke-width="2.4" stroke-linejoin="round">${standing}</g>
    <g fill="${colour}" stroke="${colour}" stroke-width="0">${shape.replaceAll('fill="none" ', `fill="none" stroke="${colour}" `)}</g>
  </svg>`

const appPicture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
  <defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1">
    <stop offset="0" stop-color="#16a37f"/><stop offset="1" stop-color="#0b6e5c"/>
  </linearGradient></defs>
  <rect x="2" y="2" width="44" height="44" rx="11" fill="url(#g)"/>
  <g transform="translate(9.5 10.5) scale(1.2)" fill="#fff" stroke="#fff" stroke-width="0">
    ${standing}${waves.replace('fill="none"', 'fill="none" stroke="#fff"')}
  </g>
</svg>`

const draw = (svg: string, size: number, name: string): void => {
  const args = ['--width', String(size), '--height', String(size), '--output', path.join(folder, name)]
  execFileSync('rsvg-convert', args, { input: svg })
}

mkdirSync(folder, { recursive: true })
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) draw(appPicture, size, `${String(size)}x${String(size)}.png`)
for (const [name, picture] of Object.entries(tray)) {
  draw(trayPicture(picture), 22, `tray-${name}.png`)
  draw(trayPicture(picture), 44, `tray-${name}@2x.png`)
}
console.log(`Icons are in ${folder}.`)
