// The routes by which a phone reads, searches and tidies its user's history. What is in it is the store's.
import {
  historyAnswer,
  historyChanged,
  historyClear,
  historyDetails,
  historyItem,
  historyItems,
  historyMarks,
  historyQuery,
  historySeen
} from '../../common/protocol/history.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import type { History } from '../ports.ts'
import { signedIn, type Route } from './route.ts'

export const createHistoryRoutes = (history: History): readonly Route[] => [
  signedIn({
    method: 'GET',
    path: restPaths.history,
    summary: 'Calls that are over, newest first, by name or number, direction, and whether they were missed',
    input: { from: 'query', schema: historyQuery },
    output: historyAnswer,
    status: 200,
    run: ({ session, input }) => history.page(session, input)
  }),
  signedIn({
    method: 'DELETE',
    path: restPaths.history,
    summary: 'Removes all calls created until then from the history of this user, and from no record',
    input: { from: 'query', schema: historyClear },
    output: historyMarks,
    status: 200,
    run: ({ session, input }) => history.clear(session, input.until)
  }),
  signedIn({
    method: 'GET',
    path: restPaths.historyItem,
    summary: 'How one call went, and which device of this user had it',
    input: { from: 'path', schema: historyItem },
    output: historyDetails,
    status: 200,
    run: ({ session, input }) => history.details(session, input.id)
  }),
  signedIn({
    method: 'DELETE',
    path: restPaths.historyItem,
    summary: 'Removes one call from the history of this user, and from no record',
    input: { from: 'path', schema: historyItem },
    output: historyChanged,
    status: 200,
    run: ({ session, input }) => history.remove(session, [input.id])
  }),
  signedIn({
    method: 'PUT',
    path: restPaths.historyItem,
    summary: 'Brings a removed call back',
    input: { from: 'path', schema: historyItem },
    output: historyChanged,
    status: 200,
    run: ({ session, input }) => history.restore(session, [input.id])
  }),
  signedIn({
    method: 'POST',
    path: restPaths.historyRemoved,
    summary: 'Removes several calls from the history of this user, and from no record; calls of others are passed over',
    input: { from: 'body', schema: historyItems },
    output: historyChanged,
    status: 200,
    run: ({ session, input }) => history.remove(session, input.ids)
  }),
  signedIn({
    method: 'POST',
    path: restPaths.historyRestored,
    summary: 'Brings several removed calls back',
    input: { from: 'body', schema: historyItems },
    output: historyChanged,
    status: 200,
    run: ({ session, input }) => history.restore(session, input.ids)
  }),
  signedIn({
    method: 'POST',
    path: restPaths.historySeen,
    summary: 'Missed calls that ended until then were seen; the other devices of this user are told',
    input: { from: 'body', schema: historySeen },
    output: historyMarks,
    status: 200,
    run: ({ session, input }) => history.seen(session, input.until)
  })
]
