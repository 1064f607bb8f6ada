// The thread in which a command runs while the program itself stands still (beside.ts): prints, and leaves the exit code.
import { workerData } from 'node:worker_threads'
import { print, runHere, type CommandLine } from './system.ts'

export type CommandWork = CommandLine & {
  /** One number: 0 as long as the command runs, then its exit code and one. */
  readonly ended: Int32Array
}

const work = workerData as CommandWork

const end = (code: number): void => {
  Atomics.store(work.ended, 0, code + 1)
  Atomics.notify(work.ended, 0)
}

// A terminal would stand still for as long as nobody says that it is over.
process.on('uncaughtException', (error) => {
  print({ code: 1, out: '', err: String(error) })
  end(1)
})

runHere(work).then(
  (printed) => {
    if (printed !== null) print(printed)
    end(printed?.code ?? 0)
  },
  (error: unknown) => {
    // A fault of ours: told as it is, since there is no log here.
    print({ code: 1, out: '', err: String(error) })
    end(1)
  }
)
