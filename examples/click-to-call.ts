// A back end in some thirty lines: a page with a button that makes a call, and how the last ones ended. The token of the
// application stays in here. A real one signs its people in first, and knows from that who calls.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

const { TAMAS_URL = 'http://127.0.0.1:7300', TAMAS_TOKEN = '', PORT = '8080' } = process.env
type Call = {
  caller: { username: string }
  receptor: { username: string }
  status: string
  finishReason: string | null
}

const ask = async <T>(method: string, path: string, order?: object, key: string = randomUUID()): Promise<T> => {
  const answer = await fetch(`${TAMAS_URL}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TAMAS_TOKEN}`, 'content-type': 'application/json', 'idempotency-key': key },
    ...(order && { body: JSON.stringify(order) })
  })
  const value = (await answer.json()) as T & { reasons?: { message: string }[] }
  if (!answer.ok) throw new Error(value.reasons?.map(({ message }) => message).join(' '))
  return value
}

const page = async (): Promise<string> => {
  const { result } = await ask<{ result: Call[] }>('GET', '/calls?size=5')
  const row = (call: Call) =>
    `<li>${call.caller.username} → ${call.receptor.username}: ${call.finishReason ?? call.status}`
  // The number of the order comes with the form, so that a double click makes one call.
  return `<!doctype html><title>Click to call</title><form method="post"><input name="from" value="101"> calls
    <input name="to" value="102"> <button name="order" value="${randomUUID()}">Call</button></form><ul>${result.map(row).join('')}</ul>`
}

const click = async (form: URLSearchParams): Promise<string> => {
  const [caller, receptor] = ['from', 'to'].map((side) => ({ username: form.get(side) ?? '' }))
  const order = { caller, receptor, maxDuration: 600 }
  const made = await ask<{ joinLinks: { caller: string } }>('POST', '/calls', order, form.get('order') ?? undefined)
  // The browser hands the link to the caller's phone; once that has joined, the receptor's phones ring.
  return made.joinLinks.caller
}

createServer((request, response) => {
  const done = request.method === 'POST' ? text(request).then((form) => click(new URLSearchParams(form))) : page()
  done.then(
    (value) =>
      request.method === 'POST'
        ? response.writeHead(303, { location: value }).end()
        : response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(value),
    (error: unknown) =>
      response.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' }).end(`${String(error)}\n`)
  )
}).listen(Number(PORT), '127.0.0.1', () => process.stdout.write(`Click to call: http://127.0.0.1:${PORT}\n`))
