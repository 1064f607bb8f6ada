// The frame of every script: what is expected to go wrong ends it with its sentence, anything else with its stack.
import { ProvisionError } from '../provision/report.ts'

/** Runs a script's body and sets the exit code to 1 where it fails. */
export const main = async (body: () => Promise<void>): Promise<void> => {
  try {
    await body()
  } catch (error) {
    console.error(error instanceof ProvisionError ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
