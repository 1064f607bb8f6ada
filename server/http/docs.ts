// The readable page of the API, made from the OpenAPI document: text and one style, no script, nothing from elsewhere.
import { createHash } from 'node:crypto'
import type { Answer } from './answer.ts'
import type { ApiDocument, JsonSchema, Operation, Parameter } from './openapi.ts'

export const docsPath = '/docs'

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
code, .path { font-family: ui-monospace, monospace; font-size: 0.9em; }
section { border-top: 1px solid color-mix(in srgb, currentColor 25%, transparent); padding: 0.5rem 0 1rem; }
h3 { margin: 0.5rem 0; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
caption { text-align: start; font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; }
th { font-weight: 400; white-space: nowrap; }
tr + tr > * { border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent); }
a { color: inherit; }
`

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '')

const kindOf = (schema: JsonSchema): string => {
  const oneOf = schema.anyOf ?? schema.oneOf
  if (oneOf !== undefined) return [...new Set(oneOf.map(kindOf))].join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ')
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`
  if (typeof schema.type === 'object') return schema.type.join(' or ')
  return schema.format ?? schema.type ?? 'anything'
}

type Row = { readonly name: string; readonly kind: string; readonly isRequired: boolean }

/** Every field of a schema, those within others by their path. */
const rowsOf = (schema: JsonSchema, before = ''): readonly Row[] => {
  const variants = schema.anyOf ?? schema.oneOf ?? []
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`
    const row = { name: path, kind: kindOf(field), isRequired: schema.required?.includes(name) === true }
    return [row, ...rowsOf(field, `${path}.`), ...rowsOf(field.items ?? {}, `${path}[].`)]
  })
  const found = [...own, ...variants.flatMap((variant) => rowsOf(variant, before))]
  return found.filter((row, index) => found.findIndex(({ name }) => name === row.name) === index)
}

const table = (caption: string, rows: readonly Row[]): string => {
  if (rows.length === 0) return ''
  const lines = rows.map(
    ({ name, kind, isRequired }) =>
      `<tr><th scope="row"><code>${escape(name)}</code></th><td>${escape(kind)}</td>` +
      `<td>${isRequired ? 'always' : 'optional'}</td></tr>`
  )
  return `<table><caption>${escape(caption)}</caption>${lines.join('')}</table>`
}

const fieldsOf = (body: Operation['requestBody'] | Operation['responses'][string]): readonly Row[] =>
  rowsOf(body?.content?.['application/json'].schema ?? {})

const parameterRow = ({ name, schema, required }: Parameter): Row => ({
  name,
  kind: kindOf(schema),
  isRequired: required
})

const credentials: Readonly<Record<string, string>> = {
  phone: "A phone's access token",
  application: 'The token of an application'
}

const section = (path: string, method: string, operation: Operation): string => {
  const [[scheme = ''] = []] = operation.security.map(Object.keys)
  const [[status, done] = ['', undefined]] = Object.entries(operation.responses)
  return `<section id="${escape(`${method}-${path}`)}">
<h3><span class="method">${escape(method.toUpperCase())}</span> <span class="path">${escape(path)}</span></h3>
<p>${escape(operation.summary)}. ${escape(credentials[scheme] ?? 'No token')}.</p>
${table('Asked for', [...(operation.parameters ?? []).map(parameterRow), ...fieldsOf(operation.requestBody)])}
${table(`Answer ${status}`, done === undefined ? [] : fieldsOf(done))}
</section>`
}

const render = (document: ApiDocument): string => {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )
  const groups = [...new Set(all.flatMap(({ operation }) => operation.tags))].sort()
  const parts = groups.map((tag) => {
    const own = all.filter(({ operation }) => operation.tags.includes(tag))
    const [first] = own
    const failure = first === undefined ? [] : fieldsOf(first.operation.responses['default'] ?? { description: '' })
    const sections = own.map(({ path, method, operation }) => section(path, method, operation))
    return `<h2>${escape(tag)}</h2>${table('Every answer that is not 2xx', failure)}${sections.join('\n')}`
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(document.info.title)}</title><style>${style}</style></head>
<body><h1>${escape(document.info.title)}</h1><p>${escape(document.info.description)}
A token goes into the header <code>Authorization: Bearer</code>. The same as
<a href="/v1/openapi.json">OpenAPI</a>.</p>
${parts.join('\n')}</body></html>`
}

/** The page as an answer, with a policy that lets through its own style and nothing else. */
export const createDocs = (document: ApiDocument): Answer => {
  const hash = createHash('sha256').update(style).digest('base64')
  return {
    status: 200,
    body: render(document),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
    }
  }
}
