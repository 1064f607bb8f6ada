// The requests about past calls. How one is made is rest.ts's.
import type { z } from 'zod'
import {
  historyAnswer,
  historyChanged,
  historyDetails,
  historyMarks,
  type HistoryAnswer,
  type HistoryChanged,
  type HistoryDetails,
  type HistoryItems,
  type HistoryMarks,
  type HistoryQuery
} from '../../common/protocol/history.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import type { Result } from '../../common/result.ts'
import type { Exchange } from './rest.ts'

type Asking<V, A> = (server: string, accessToken: string, about: A) => Promise<Result<V>>

export type HistoryRest = {
  readonly history: Asking<HistoryAnswer, Partial<HistoryQuery>>
  readonly historyDetails: Asking<HistoryDetails, string>
  readonly removeFromHistory: Asking<HistoryChanged, HistoryItems>
  readonly restoreToHistory: Asking<HistoryChanged, HistoryItems>
  readonly clearHistory: Asking<HistoryMarks, number>
  readonly historySeen: Asking<HistoryMarks, number>
}

type MakeExchange = <T>(server: string, asked: Exchange, schema: z.ZodType<T>) => Promise<Result<T>>

const withQuery = (query: Readonly<Record<string, string | number | undefined>>): string => {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value))
  const text = given.toString()
  return text === '' ? restPaths.history : `${restPaths.history}?${text}`
}
const pathOf = (callId: string): string => restPaths.historyItem.replace('{id}', encodeURIComponent(callId))

export const createHistoryRest = (exchange: MakeExchange): HistoryRest => ({
  history: (server, accessToken, query) =>
    exchange(server, { method: 'GET', path: withQuery(query), accessToken }, historyAnswer),
  historyDetails: (server, accessToken, callId) =>
    exchange(server, { method: 'GET', path: pathOf(callId), accessToken }, historyDetails),
  removeFromHistory: (server, accessToken, body) =>
    exchange(server, { method: 'POST', path: restPaths.historyRemoved, accessToken, body }, historyChanged),
  restoreToHistory: (server, accessToken, body) =>
    exchange(server, { method: 'POST', path: restPaths.historyRestored, accessToken, body }, historyChanged),
  clearHistory: (server, accessToken, until) =>
    exchange(server, { method: 'DELETE', path: withQuery({ until }), accessToken }, historyMarks),
  historySeen: (server, accessToken, until) =>
    exchange(server, { method: 'POST', path: restPaths.historySeen, accessToken, body: { until } }, historyMarks)
})
