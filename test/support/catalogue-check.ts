// Finds words for people that stand in the code instead of the catalogue: in templates of components, and in what main hands
// to menus, dialogs and notifications. Reads syntax trees; runs nothing.
import { parse } from 'svelte/compiler'
import ts from 'typescript'

/** A word for people outside the catalogue: where, and what it says. */
export type Stray = { readonly line: number; readonly text: string }

const hasWord = (text: string): boolean => /\p{L}/u.test(text)

/** What is read to people, on elements and on our own components. */
const readAttributes: ReadonlySet<string> = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'hint',
  'label',
  'placeholder',
  'text',
  'title'
])

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const childrenOf = (node: Node): readonly Node[] =>
  Object.entries(node).flatMap(([key, value]) =>
    key === 'parent' || key === 'metadata' ? [] : (Array.isArray(value) ? value : [value]).filter(isNode)
  )

/** The nodes whose words an expression can give: not those it compares, looks up or hands to a function. */
const outcomes = (node: Node): readonly Node[] => {
  const of = (...keys: readonly string[]) => keys.flatMap((key) => (isNode(node[key]) ? outcomes(node[key]) : []))
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' && hasWord(node['value']) ? [node] : []
    case 'TemplateLiteral':
      return [
        ...(node['quasis'] as readonly Node[]).filter((quasi) => hasWord((quasi['value'] as { raw: string }).raw)),
        ...(node['expressions'] as readonly Node[]).flatMap(outcomes)
      ]
    case 'ConditionalExpression':
      return of('consequent', 'alternate')
    case 'LogicalExpression':
    case 'BinaryExpression':
      return node['operator'] === '+' || node.type === 'LogicalExpression' ? of('left', 'right') : []
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return of('expression')
    default:
      return []
  }
}

const inMarkup = (node: Node): readonly Node[] => {
  switch (node.type) {
    case 'Text':
      return hasWord(String(node['data'])) ? [node] : []
    case 'ExpressionTag':
      return isNode(node['expression']) ? outcomes(node['expression']) : []
    // Lengths and colours.
    case 'StyleDirective':
      return []
    case 'Attribute': {
      if (!readAttributes.has(String(node['name']))) return []
      const { value } = node
      return (Array.isArray(value) ? value : [value]).filter(isNode).flatMap(inMarkup)
    }
    default:
      return childrenOf(node).flatMap(inMarkup)
  }
}

const lineOf = (source: string, at: number): number => source.slice(0, at).split('\n').length

/** Words in a component's template and in its script. */
export const straysInComponent = (source: string): readonly Stray[] => {
  const { fragment } = parse(source, { modern: true })
  const markup = inMarkup(fragment as unknown as Node).map((node) => ({
    line: lineOf(source, node.start),
    text: source.slice(node.start, Number(node['end'])).trim()
  }))
  const scripts = [...source.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].flatMap((script) =>
    straysInScript(script[1] ?? '').map(({ line, text }) => ({
      line: line + lineOf(source, script.index) - 1,
      text
    }))
  )
  return [...markup, ...scripts]
}

/** What menus, dialogs, notifications and windows show. */
const shownProperties: ReadonlySet<string> = new Set([
  'body',
  'buttonLabel',
  'buttons',
  'checkboxLabel',
  'detail',
  'hint',
  'label',
  'message',
  'sublabel',
  'subtitle',
  'summary',
  'title',
  'toolTip',
  'tooltip'
])
const showingCalls = /\.(setTitle|setToolTip|setLabel|showErrorBox|displayBalloon|setProgressBar|setOverlayIcon)$/
/** Log lines and errors of the programmer are for developers, in English. */
const toldDevelopers = /(^|\.)(debug|info|warn|error|trace)$|Error$/

const literalText = (node: ts.Node): string | null => {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text
  return null
}

/** Words of Persian, or two words and more that begin as a sentence does. */
const isSentence = (text: string): boolean =>
  /\p{Script=Arabic}\p{M}*\p{Script=Arabic}/u.test(text) || /^\p{Lu}\p{L}* \p{L}/u.test(text.trim())

const isShown = (node: ts.Node): boolean => {
  for (let at: ts.Node = node; ; at = at.parent) {
    const { parent } = at
    if (ts.isPropertyAssignment(parent))
      return parent.initializer === at && shownProperties.has(parent.name.getText().replaceAll("'", ''))
    if (ts.isCallExpression(parent)) return at !== parent.expression && showingCalls.test(parent.expression.getText())
    const gives =
      (ts.isConditionalExpression(parent) && parent.condition !== at) ||
      ts.isTemplateSpan(parent) ||
      ts.isTemplateExpression(parent) ||
      ts.isParenthesizedExpression(parent) ||
      ts.isArrayLiteralExpression(parent) ||
      (ts.isBinaryExpression(parent) && /^(\+|\?\?|\|\|)$/.test(parent.operatorToken.getText()))
    if (!gives) return false
  }
}

const isForDevelopers = (node: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent as ts.Node | undefined)
    if (
      (ts.isCallExpression(at) || ts.isNewExpression(at)) &&
      toldDevelopers.test(at.expression.getText().replaceAll('?.', '.'))
    )
      return true
  return false
}

/** Words in a script: sentences anywhere, and any word that is handed to a menu, a dialog, a notification or a window. */
export const straysInScript = (source: string): readonly Stray[] => {
  const file = ts.createSourceFile('it.ts', source, ts.ScriptTarget.Latest, true)
  const found: Stray[] = []
  const visit = (node: ts.Node): void => {
    const text = literalText(node)
    const isStray =
      text !== null && hasWord(text) && (isSentence(text) || isShown(node)) && !isForDevelopers(node) && !isType(node)
    if (isStray) found.push({ line: lineOf(source, node.getStart()), text })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

const isType = (node: ts.Node): boolean => ts.isLiteralTypeNode(node.parent)
