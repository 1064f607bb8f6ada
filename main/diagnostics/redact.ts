// Takes out of lines of a log what is nobody else's business: what could be a token, always; people, numbers, addresses and
// the name of the account, where the person has not said otherwise. Who is taken out gets a name of its own, the same in
// all lines, so that they can still be followed. Pure.

export type Redactor = (line: string) => string

/** Those whom this phone knows: a person is the same under each of their names and numbers. */
export type KnownPerson = readonly string[]

/**
 * Tokens, codes, keys and hashes are 128 random bits and more, as base64 or hexadecimal. A call's id is one too, and stays:
 * it opens nothing, and without it no line could be followed. So do the ids of devices and requests (UUIDs).
 */
const secret = /[A-Za-z0-9+/_-]{22,}={0,2}/g
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** A word or a path: no run of chance is without a digit and a capital in its middle. */
const isWords = (run: string): boolean =>
  run.split(/[/_+-]/).every((part) => part.length < 22 && /^([A-Z]?[a-z]*|\d{1,16})$/.test(part))
const callId = /\bn\d+\.[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g
/** What stands behind such a name is a secret, whatever it looks like. */
const named =
  /(\b(?:password|passwd|secret|credential|authorization|(?:access|refresh)?_?token)["']?\s*[=:]\s*(?:bearer\s+)?)("[^"]*"|'[^']*'|[^\s,;&"'}]+)/gi
const inUrl = /([?&](?:code|token|key)=)[^&\s"']+/gi

export const withoutSecrets: Redactor = (line) => {
  // What stands between calls' ids, which look like what is taken out.
  const between = line.split(callId).map((text) =>
    text
      .replace(named, '$1<secret>')
      .replace(inUrl, '$1<secret>')
      .replace(secret, (run) => (uuid.test(run) || isWords(run) ? run : '<secret>'))
  )
  const ids = line.match(callId) ?? []
  return between.map((text, index) => text + (ids[index] ?? '')).join('')
}

const word = /[\p{L}\p{N}]+/gu
const isPartOfWord = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)

/** Finds names by their first words: an expression of ten thousand of them would take minutes for a log. */
const createReplacer = (names: ReadonlyMap<string, string>): Redactor => {
  const byFirstWord = new Map<string, string[]>()
  // The longest first: a name may be the beginning of another.
  for (const name of [...names.keys()].sort((one, other) => other.length - one.length)) {
    const [first] = name.match(word) ?? []
    if (first !== undefined && name.startsWith(first)) byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), name])
  }
  return (line) => {
    let text = ''
    let done = 0
    for (const { 0: first, index } of line.matchAll(word)) {
      if (index < done) continue
      const name = byFirstWord
        .get(first)
        ?.find((one) => line.startsWith(one, index) && !isPartOfWord(line[index + one.length]))
      if (name === undefined) continue
      text += line.slice(done, index) + (names.get(name) ?? '')
      done = index + name.length
    }
    return text + line.slice(done)
  }
}

/** Addresses and numbers of whom the phone does not know. */
const shapes: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['host', /(?<=\b(?:https?|wss?):\/\/)[^/\s"':]+/g],
  ['host', /\b(?:\d{1,3}\.){3}\d{1,3}\b/g],
  ['user', /(?<=\/(?:home|Users)\/)[^/\s"':]+/g],
  ['number', /\+\d[\d-]{5,}\d/g]
]

/** `people` first: what is known by name is the same person in all lines. */
export const createRedactor = (people: readonly KnownPerson[]): Redactor => {
  const names = new Map<string, string>()
  people.forEach((person, index) => {
    // An own contact may be somebody of the directory.
    const is = person.map((name) => names.get(name)).find((name) => name !== undefined) ?? `person-${String(index + 1)}`
    for (const name of person) if (name !== '' && !names.has(name)) names.set(name, is)
  })
  // A number of three digits may be anything.
  const replace = createReplacer(new Map([...names].filter(([name]) => !/^\d{1,6}$/.test(name))))
  /** Where a line says that it is somebody; `peer` and `username` are never anything else. */
  const field = /(\b(peer|to|username|from|user)["']?[=:]\s*["']?)([^\s"',{}<>]+)/g
  const others = new Map<string, string>()
  const otherName = (kind: string, value: string): string => {
    const is = others.get(value) ?? `${kind}-${String(others.size + 1)}`
    others.set(value, is)
    return is
  }

  return (line) => {
    const bySomebody = withoutSecrets(line).replace(field, (whole, before: string, of: string, who: string) => {
      const isPerson = of === 'peer' || of === 'username'
      // Who has left the directory, or was here for one call, is somebody all the same.
      const name = names.get(who) ?? (isPerson && who !== 'null' ? otherName('stranger', who) : undefined)
      return name === undefined ? whole : `${before}${name}`
    })
    return shapes.reduce(
      (text, [kind, shape]) => text.replace(shape, (value) => otherName(kind, value)),
      replace(bySomebody)
    )
  }
}
