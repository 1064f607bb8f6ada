// Reloads the pages of a running phone by its debugging port. For development only: a phone opens that port only when a
// script asks it to.

type Target = { readonly type: string; readonly webSocketDebuggerUrl?: string }

const reloadMs = 3_000

const reloadPage = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const giveUp = setTimeout(() => {
      socket.close()
      reject(new Error('the page did not answer'))
    }, reloadMs)
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ id: 1, method: 'Page.reload', params: { ignoreCache: true } }))
    })
    socket.addEventListener('message', () => {
      // Answered is done. The browser may drop the connection without a goodbye, which is no error any more.
      clearTimeout(giveUp)
      resolve()
      socket.close()
    })
    socket.addEventListener('error', () => {
      clearTimeout(giveUp)
      reject(new Error('the page could not be reached'))
    })
  })

/** Reloads every page of the phone that listens at `port`. Rejects where it can't be reached. */
export const reloadPages = async (port: number): Promise<void> => {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(reloadMs) })
  const targets = (await answer.json()) as readonly Target[]
  const urls = targets.flatMap(({ type, webSocketDebuggerUrl }) =>
    type === 'page' && webSocketDebuggerUrl !== undefined ? [webSocketDebuggerUrl] : []
  )
  await Promise.all(urls.map(reloadPage))
}
