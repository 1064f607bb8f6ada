// Measures samples: tone, loudness, likeness, delay. Pure arithmetic; records nothing.
import { RATE, type Samples } from './signals.ts'

/** What is heard when one tone is expected. */
export interface ToneMeasure {
  /** The strongest frequency. */
  frequencyHz: number
  /** Amplitude of that frequency, 0 … 1. */
  level: number
  /** Loudness of everything together; a clean tone has level ÷ √2. */
  rms: number
}

/** How like two signals are. */
export interface Likeness {
  /** 1 = same course of loudness, 0 = nothing in common. */
  correlation: number
  /** By how much the second is later, in milliseconds. */
  lagMs: number
}

/** What was said is known to be clean; what was heard has been through a codec. */
const SAID_FIT = 0.8
const HEARD_FIT = 0.5
const AUDIBLE = 1e-3

interface Spectrum {
  re: Float64Array
  im: Float64Array
}

/** Fourier transform in place; the length is a power of two. `direction` 1 there, -1 back (not divided by the length). */
function transform({ re, im }: Spectrum, direction: 1 | -1): void {
  const n = re.length
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) for (const part of [re, im]) [part[i], part[j]] = [part[j] ?? 0, part[i] ?? 0]
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2
    const angle = (-direction * 2 * Math.PI) / size
    for (let k = 0; k < half; k++) {
      const c = Math.cos(angle * k)
      const s = Math.sin(angle * k)
      for (let i = k; i < n; i += size) {
        const j = i + half
        const [ar = 0, ai = 0, br = 0, bi = 0] = [re[i], im[i], re[j], im[j]]
        const tr = br * c - bi * s
        const ti = br * s + bi * c
        re[i] = ar + tr
        im[i] = ai + ti
        re[j] = ar - tr
        im[j] = ai - ti
      }
    }
  }
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, atLeast)))
}

function spectrumOf(samples: ArrayLike<number>, length: number): Spectrum {
  const spectrum = { re: new Float64Array(length), im: new Float64Array(length) }
  spectrum.re.set(samples)
  transform(spectrum, 1)
  return spectrum
}

/** Root of the mean square, 0 … 1. */
export function rmsOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < samples.length; i++) sum += (samples[i] ?? 0) ** 2
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

/** Amplitude of one frequency (Goertzel's filter over a Hann window, so that neighbours do not leak in). */
export function levelAt(samples: Samples, frequencyHz: number, rate = RATE): number {
  const k = 2 * Math.cos((2 * Math.PI * frequencyHz) / rate)
  const { length } = samples
  let s1 = 0
  let s2 = 0
  for (let i = 0; i < length; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length)
    const s = (samples[i] ?? 0) * window + k * s1 - s2
    s2 = s1
    s1 = s
  }
  const power = s1 * s1 + s2 * s2 - k * s1 * s2
  return length === 0 ? 0 : (4 * Math.sqrt(Math.max(0, power))) / length
}

/** Finds the strongest tone between 50 Hz and 20 kHz. Good to a fraction of a hertz from 0.1 s on. */
export function measureTone(samples: Samples, rate = RATE): ToneMeasure {
  const size = powerOfTwo(samples.length)
  const windowed = Float64Array.from(samples, (s, i) => s * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length)))
  const { re, im } = spectrumOf(windowed, size)
  const magnitude = (bin: number): number => Math.hypot(re[bin] ?? 0, im[bin] ?? 0)
  let peak = Math.ceil((50 * size) / rate)
  for (let bin = peak; bin <= Math.min(size / 2 - 1, (20_000 * size) / rate); bin++) {
    if (magnitude(bin) > magnitude(peak)) peak = bin
  }
  // The true peak lies between bins: the top of a parabola through three logarithms.
  const [left, middle, right] = [peak - 1, peak, peak + 1].map((bin) => Math.log(magnitude(bin) + 1e-12)) as [
    number,
    number,
    number
  ]
  const curve = left - 2 * middle + right
  const shift = curve === 0 ? 0 : (0.5 * (left - right)) / curve
  const frequencyHz = ((peak + shift) * rate) / size
  return { frequencyHz, level: levelAt(samples, frequencyHz, rate), rms: rmsOf(samples) }
}

/** Correlation of `heard` with `reference` for each shift of 0 … heard.length - 1: how well the reference fits there. */
function slide(reference: ArrayLike<number>, heard: ArrayLike<number>): Float64Array {
  const size = powerOfTwo(reference.length + heard.length)
  const a = spectrumOf(reference, size)
  const b = spectrumOf(heard, size)
  const product = { re: new Float64Array(size), im: new Float64Array(size) }
  for (let i = 0; i < size; i++) {
    const [ar = 0, ai = 0, br = 0, bi = 0] = [a.re[i], a.im[i], b.re[i], b.im[i]]
    product.re[i] = ar * br + ai * bi
    product.im[i] = ar * bi - ai * br
  }
  transform(product, -1)
  return product.re.slice(0, heard.length).map((value) => value / size)
}

function strongest(values: Float64Array): number {
  let at = 0
  for (let i = 1; i < values.length; i++) if ((values[i] ?? 0) > (values[at] ?? 0)) at = i
  return at
}

/** How well the signal fits a recording at one place, 0 … 1, whatever the loudness. */
function score(fit: Float64Array, signal: Samples, recording: Samples, at: number): number {
  const energy = rmsOf(signal) * rmsOf(recording.subarray(at, at + signal.length)) * signal.length
  return energy === 0 ? 0 : (fit[at] ?? 0) / energy
}

/** Where a short signal occurs in a recording: position in samples, and how well it fits (1 = exactly it). */
export function locate(signal: Samples, recording: Samples): { at: number; score: number } {
  const fit = slide(signal, recording)
  const at = strongest(fit)
  return { at, score: score(fit, signal, recording, at) }
}

/** The course of loudness: one RMS value for each `frameMs`. */
export function envelope(samples: Samples, frameMs = 10, rate = RATE): Float64Array {
  const frame = Math.round((frameMs * rate) / 1000)
  return Float64Array.from({ length: Math.floor(samples.length / frame) }, (_, i) =>
    rmsOf(samples.subarray(i * frame, (i + 1) * frame))
  )
}

/**
 * Compares the course of loudness of what was said and what was heard, wherever within the recording it begins. For
 * signals that a codec and voice processing change too much to compare sample by sample.
 */
export function compareEnvelopes(said: Samples, heard: Samples, frameMs = 10, rate = RATE): Likeness {
  const centred = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length)
    return values.map((v) => v - mean)
  }
  const a = centred(envelope(said, frameMs, rate))
  const b = centred(envelope(heard, frameMs, rate))
  const at = strongest(slide(a, b))
  const [x, y] = [a.subarray(0, Math.max(0, b.length - at)), b.subarray(at, at + a.length)].map((v) => centred(v)) as [
    Float64Array,
    Float64Array
  ]
  const dot = x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0)
  const energy = rmsOf(x) * rmsOf(y) * x.length
  return { correlation: energy === 0 ? 0 : dot / energy, lagMs: at * frameMs }
}

/**
 * Delay between two channels recorded together, for each occurrence of `signal` in the first.
 * @param maximumMs nothing later than this is taken for the same occurrence.
 * @returns one entry for each occurrence found in both, in milliseconds.
 */
export function delays(signal: Samples, said: Samples, heard: Samples, maximumMs = 800, rate = RATE): number[] {
  const found: number[] = []
  const reach = Math.round((maximumMs * rate) / 1000)
  const fit = slide(signal, said)
  for (;;) {
    const at = strongest(fit)
    if (score(fit, signal, said, at) < SAID_FIT || rmsOf(said.subarray(at, at + signal.length)) < AUDIBLE) return found
    fit.fill(0, Math.max(0, at - signal.length), at + signal.length)
    const echo = locate(signal, heard.subarray(at, at + reach + signal.length))
    if (echo.score >= HEARD_FIT) found.push((echo.at * 1000) / rate)
  }
}
