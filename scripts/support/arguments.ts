// Reads the arguments of a script: what does not fit ends it with a sentence, before anything else has begun.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'

/** Arguments that don't fit. Its message is all that a person needs to see. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError'
}

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; strict: true }>
>['values']

const choice = (options: ParseArgsOptionsConfig): string => {
  const flags = Object.entries(options).map(([name, { type }]) => (type === 'string' ? `--${name} <…>` : `--${name}`))
  return flags.length === 0 ? 'none can be given' : `choose from ${flags.join(', ')}`
}

/** What is wrong with the first argument that does not fit; undefined where all do. */
const complaint = (options: ParseArgsOptionsConfig, args: readonly string[]): string | undefined => {
  // Not the parser's own errors: they speak to whoever wrote the script.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue
    if (token.kind === 'positional') return `${token.value} is not expected here: ${choice(options)}.`
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (option === undefined) return `There is no option ${token.rawName}: ${choice(options)}.`
    if (option.type === 'boolean' && token.value !== undefined) return `${token.rawName} takes no value.`
    // A flag that follows is not a value: whoever means one writes --note=--text.
    const isMissing = token.value === undefined || (!token.inlineValue && token.value.startsWith('-'))
    if (option.type === 'string' && isMissing) return `${token.rawName} needs a value.`
  }
  return undefined
}

/** The values of `options` among `args`. Throws an ArgumentError for anything else that is among them. */
export const readArguments = <const Options extends ParseArgsOptionsConfig>(
  options: Options,
  args: readonly string[] = process.argv.slice(2)
): Values<Options> => {
  const wrong = complaint(options, args)
  if (wrong !== undefined) throw new ArgumentError(wrong)
  return parseArgs({ args: [...args], options, strict: true }).values
}
