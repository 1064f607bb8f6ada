// The frame of every script: what is expected to go wrong ends it with its sentence, anything else with its stack.
import { ProvisionError } from '../provision/report.ts'
import { ArgumentError } from './arguments.ts'
import { Interrupted } from './interrupt.ts'

/** Runs a script's body and sets the exit code where it fails: 2 for arguments that don't fit, otherwise 1. */
export const main = async (body: () => Promise<void>): Promise<void> => {
  try {
    await body()
  } catch (error) {
    if (error instanceof Interrupted) {
      process.exitCode = 130
    } else if (error instanceof ArgumentError) {
      console.error(error.message)
      process.exitCode = 2
    } else {
      console.error(error instanceof ProvisionError ? `\n${error.message}` : error)
      process.exitCode = 1
    }
  }
}
