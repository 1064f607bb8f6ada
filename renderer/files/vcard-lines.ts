// The lines of a vCard, of versions 2.1 to 4.0: folded lines made whole, their parameters and values read. Pure; knows no
// property's meaning.

export type CardLine = {
  /** In capitals, without its group. */
  readonly property: string
  /** Lines of one group belong together: `item1.TEL` and `item1.X-ABLabel`. */
  readonly group: string
  /** In capitals, each with its values; `TYPE` also where 2.1 leaves the name out. */
  readonly parameters: ReadonlyMap<string, readonly string[]>
  /** As it stands there, but for QUOTED-PRINTABLE and BASE64. */
  readonly value: string
}

const quotedPrintableHead = /^[^:]*QUOTED-PRINTABLE[^:]*:/i
// What stands before the colon fits into so many pieces; only they are looked at, however many follow.
const isQuotedPrintable = (pieces: readonly string[]): boolean => quotedPrintableHead.test(pieces.slice(0, 4).join(''))

/**
 * Whole lines: what is folded begins with a blank, and with QUOTED-PRINTABLE the line before ends with `=`. In pieces until
 * the end: a picture is folded tens of thousands of times, and looking at what has grown so far would take as often as long.
 */
export const wholeLines = (text: string): readonly string[] => {
  const whole: string[][] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    const pieces = whole.at(-1)
    const last = pieces?.at(-1)
    if (pieces !== undefined && last !== undefined && last.endsWith('=') && isQuotedPrintable(pieces)) {
      pieces[pieces.length - 1] = last.slice(0, -1)
      pieces.push(line)
    } else if (pieces !== undefined && /^[ \t]/.test(line)) pieces.push(line.slice(1))
    else whole.push([line])
  }
  return whole.map((pieces) => pieces.join(''))
}

const decodeBytes = (bytes: Uint8Array, charset: string): string => {
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    // A name that nobody knows.
    return new TextDecoder().decode(bytes)
  }
}

const quotedPrintable = (value: string, charset: string): string => {
  // What stands there unencoded was decoded with the file, and goes through as it is.
  const parts = value.split(/((?:=[0-9A-Fa-f]{2})+)/)
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part
      const bytes = part.slice(1).split('=')
      return decodeBytes(
        Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)),
        charset
      )
    })
    .join('')
}

const base64 = (value: string, charset: string): string => {
  try {
    return decodeBytes(
      Uint8Array.from(atob(value.replace(/\s/g, '')), (character) => character.charCodeAt(0)),
      charset
    )
  } catch {
    return ''
  }
}

/** Splits at `mark`, but not inside of quotes. */
const splitOutsideQuotes = (text: string, mark: string): readonly string[] => {
  const parts: string[] = ['']
  let isQuoted = false
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted
    else if (character === mark && !isQuoted) {
      parts.push('')
      continue
    }
    parts[parts.length - 1] = (parts.at(-1) ?? '') + character
  }
  return parts
}

const readParameters = (texts: readonly string[]): Map<string, readonly string[]> => {
  const parameters = new Map<string, readonly string[]>()
  for (const text of texts) {
    const at = text.indexOf('=')
    const name = at === -1 ? 'TYPE' : text.slice(0, at).trim().toUpperCase()
    const values = splitOutsideQuotes(at === -1 ? text : text.slice(at + 1), ',')
      // In 4.0 one quoted value may hold several: TYPE="cell,voice".
      .flatMap((value) => (value.startsWith('"') ? value.replaceAll('"', '').split(',') : [value]))
      .map((value) => value.trim())
    parameters.set(name, [...(parameters.get(name) ?? []), ...values])
  }
  return parameters
}

/** Where the value begins: the first colon that is not inside of quotes. */
const valueAt = (line: string): number => {
  let isQuoted = false
  for (let index = 0; index < line.length; index += 1) {
    if (line[index] === '"') isQuoted = !isQuoted
    else if (line[index] === ':' && !isQuoted) return index
  }
  return -1
}

/** Null for what is no line of a card. Only those of `wanted` are decoded: pictures are long. */
export const readLine = (line: string, wanted: ReadonlySet<string>): CardLine | null => {
  const colon = valueAt(line)
  if (colon === -1) return null
  const [head = '', ...rest] = splitOutsideQuotes(line.slice(0, colon), ';')
  const dot = head.lastIndexOf('.')
  const property = head
    .slice(dot + 1)
    .trim()
    .toUpperCase()
  if (!wanted.has(property)) return null
  const parameters = readParameters(rest)
  // 2.1 writes these without their names, too.
  const words = [...(parameters.get('ENCODING') ?? []), ...(parameters.get('TYPE') ?? [])].map((word) =>
    word.toUpperCase()
  )
  const charset = parameters.get('CHARSET')?.[0] ?? 'utf-8'
  const raw = line.slice(colon + 1)
  const value = words.includes('QUOTED-PRINTABLE')
    ? quotedPrintable(raw, charset)
    : words.includes('BASE64') || words.includes('B')
      ? base64(raw, charset)
      : raw
  return { property, group: dot === -1 ? '' : head.slice(0, dot).toUpperCase(), parameters, value }
}

/** How a text is written in a card: which signs have a backslash before them. */
export type Escapes = RegExp
/** Since 3.0: `\n`, `\,`, `\;` and `\\`. */
export const escapes: Escapes = /\\([\s\S])/g
/** In 2.1 only what would divide the value: a backslash is one otherwise, as in `C:\new`. */
export const oldEscapes: Escapes = /\\([;,:])/g

/** A text as it is meant. */
export const unescapeText = (value: string, written: Escapes = escapes): string =>
  value.replace(written, (_, character: string) => (/[nN]/.test(character) ? '\n' : character))

/** The parts of a value like a name's, each as it is meant. */
export const splitText = (value: string, mark: ';' | ',', written: Escapes = escapes): readonly string[] => {
  const parts = ['']
  for (const [piece] of value.matchAll(/\\[\s\S]|[\s\S]/gu)) {
    if (piece === mark) parts.push('')
    else parts[parts.length - 1] = (parts.at(-1) ?? '') + piece
  }
  return parts.map((part) => unescapeText(part, written))
}
